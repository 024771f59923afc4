using System.Text.Json;
using RelayPolicy.Iis;

namespace RelayPolicy.Configuration;

/// <summary>Writes the <c>Iis</c> section of a policy file.</summary>
internal sealed class IisWriter(Utf8JsonWriter json, ListWriter lists)
{
    /// <summary>Writes all settings out.</summary>
    public void Write(IisSmtpModel iis)
    {
        json.WriteStartObject(PolicyKeys.Iis);
        WriteAccessList(PolicyKeys.ConnectionControl, iis.ConnectionControl);
        lists.Write(PolicyKeys.Authentication, iis.Authentication.ToString().Split(", "));
        json.WriteBoolean(PolicyKeys.RequireTls, iis.RequireTls);
        WriteAccessList(PolicyKeys.RelayRestrictions, iis.RelayRestrictions);
        json.WriteBoolean(PolicyKeys.AuthenticatedMayRelay, iis.AuthenticatedMayRelay);
        if (!iis.LocalDomains.IsEmpty) lists.Write(PolicyKeys.LocalDomains, iis.LocalDomains);
        if (!iis.AliasDomains.IsEmpty) lists.Write(PolicyKeys.AliasDomains, iis.AliasDomains);
        if (!iis.Gateways.IsEmpty) lists.Write(PolicyKeys.Gateways, iis.Gateways);
        WriteRemoteDomains(iis.RemoteDomains);
        LimitsWriter.Write(json, iis.Limits);
        json.WriteEndObject();
    }

    private void WriteAccessList(string key, IisAccessList list)
    {
        json.WriteStartObject(key);
        json.WriteString(PolicyKeys.Mode, list.Mode.ToString());
        json.WriteStartArray(PolicyKeys.Entries);
        foreach (IisListEntry entry in list.Entries)
        {
            json.WriteStartObject();
            json.WriteString(entry.Kind.ToString(), entry.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (list.Entries.Count == 0) json.WriteBoolean(PolicyKeys.AllowEmpty, value: true);
        json.WriteEndObject();
    }

    private void WriteRemoteDomains(IReadOnlyList<IisRemoteDomain> domains)
    {
        if (domains.Count == 0) return;
        json.WriteStartArray(PolicyKeys.RemoteDomains);
        foreach (IisRemoteDomain domain in domains)
        {
            json.WriteStartObject();
            json.WriteString(PolicyKeys.Name, domain.Name);
            json.WriteBoolean(PolicyKeys.AllowRelay, domain.AllowRelay);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
