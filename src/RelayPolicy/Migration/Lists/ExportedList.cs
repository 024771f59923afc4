using RelayPolicy.Iis;

namespace RelayPolicy.Migration;

/// <summary>Reads a list of clients from the texts of its ADSI object: <c>192.0.2.0, 255.255.255.0</c> and domain names.</summary>
internal static class ExportedList
{
    private const string NobodyText = "0.0.0.0, 255.255.255.255";

    /// <param name="mode">What <c>GrantByDefault</c> says.</param>
    /// <param name="ipGrant">The addresses that are let in.</param>
    /// <param name="ipDeny">The addresses that are kept out.</param>
    /// <param name="domainGrant">The domains that are let in.</param>
    /// <param name="domainDeny">The domains that are kept out.</param>
    public static IpSecurityReading Read(IisListMode mode, IReadOnlyList<string> ipGrant, IReadOnlyList<string> ipDeny, IReadOnlyList<string> domainGrant, IReadOnlyList<string> domainDeny)
    {
        bool onlyTheList = mode == IisListMode.OnlyTheList;
        if ((onlyTheList ? ipDeny.Count + domainDeny.Count : ipGrant.Count(text => text != NobodyText) + domainGrant.Count) > 0)
        {
            return IpSecurityReading.Refused($"GrantByDefault is {(onlyTheList ? "false" : "true")}, and yet there are entries that are {(onlyTheList ? "denied" : "granted")}");
        }

        var entries = new ListEntries();
        foreach (string text in onlyTheList ? ipGrant : ipDeny)
        {
            if (!TryReadAddress(text, entries, out string problem)) return IpSecurityReading.Refused(problem);
        }

        foreach (string text in onlyTheList ? domainGrant : domainDeny)
        {
            if (!entries.TryAddDomain(text, out string problem)) return IpSecurityReading.Refused(problem);
        }

        return entries.ToReading(mode);
    }

    private static bool TryReadAddress(string text, ListEntries entries, out string problem)
    {
        problem = $"\"{Printable.Escape(text)}\" is no address with a mask";
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length is not (1 or 2) || !IPAddressText.TryParseIPv4(parts[0], out uint address)) return false;
        uint mask = uint.MaxValue;
        if (parts.Length == 2 && !IPAddressText.TryParseIPv4(parts[1], out mask)) return false;
        return entries.TryAddAddress(address, mask, out problem);
    }
}
