using System.Security.Cryptography;
using RelayPolicy.Samples.RelayServer.Settings;
using RelayPolicy.Smtp.Sasl;

namespace RelayPolicy.Samples.RelayServer;

/// <summary>The user of the demonstration, with a password that is made for this run: one that is shipped would be known to everybody.</summary>
internal static class DemoUser
{
    public const string Name = "demo";

    public static string Password { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    public static IEnumerable<KeyValuePair<string, string?>> Settings() => [new($"{ServerSettings.Section}:Users:{Name}:Verifier", ScramVerifier.Create(Password).ToString())];
}
