using System.Text.Json;

namespace RelayPolicy.Configuration;

/// <summary>Writes the limits of a policy file.</summary>
internal static class LimitsWriter
{
    public static void Write(Utf8JsonWriter json, SmtpLimits limits)
    {
        json.WriteStartObject(PolicyKeys.Limits);
        Write(json, PolicyKeys.MaxMessageSize, limits.MaxMessageSize);
        Write(json, PolicyKeys.MaxSessionSize, limits.MaxSessionSize);
        Write(json, PolicyKeys.MaxRecipients, limits.MaxRecipients);
        Write(json, PolicyKeys.MaxHops, limits.MaxHops);
        Write(json, PolicyKeys.MaxConnections, limits.MaxConnections);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string key, long? limit)
    {
        if (limit is { } count) json.WriteNumber(key, count);
        else json.WriteString(key, PolicyKeys.Unlimited);
    }
}
