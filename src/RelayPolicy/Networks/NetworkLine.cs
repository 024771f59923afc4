using System.Buffers;

namespace RelayPolicy;

/// <summary>Reads the network on a line of a list file, and reports every line where it would not be sure what is meant.</summary>
internal static class NetworkLine
{
    private static readonly SearchValues<char> DigitsAndDots = SearchValues.Create("0123456789.");

    /// <summary>Reads the entry of a set: anything but a whole family.</summary>
    public static bool TryReadBlock(ListReader list, out NetworkNotation.Block block)
    {
        if (TryParseBlock(list, out block, out NetworkNotation.Fault fault)) return true;
        list.Report(fault.Problem, fault.Mend);
        return false;
    }

    /// <summary>Reads the entry of a table.</summary>
    public static bool TryReadPrefix(ListReader list, out IPPrefix prefix)
    {
        prefix = default;
        if (!IsEverybodyByName(list.Entry, out NetworkNotation.Fault fault)
            && !IsAmbiguous(list, out fault)
            && NetworkNotation.TryParsePrefix(list.Entry, out prefix, out fault)) return true;
        list.Report(fault.Problem, fault.Mend);
        return false;
    }

    private static bool TryParseBlock(ListReader list, out NetworkNotation.Block block, out NetworkNotation.Fault fault)
    {
        block = default;
        if (IsEverybodyByName(list.Entry, out fault)) return false;
        bool isMask = list.HasUnwantedRest && IsMask(list.Rest) && !list.Entry.Contains('/');
        if (list.HasUnwantedRest && !isMask)
        {
            fault = new("there is text behind the entry", "remove it, begin it with '#' as a comment, or let columns be ignored (IgnoreColumns)");
            return false;
        }

        if (!isMask && IsAmbiguous(list, out fault)) return false;
        if (!NetworkNotation.TryParseBlock(isMask ? $"{list.Entry} {list.Rest}" : list.Entry, out block, out fault)) return false;
        if (!IsWholeFamily(block)) return true;
        fault = new($"it covers every {(block.IsIPv4 ? "IPv4" : "IPv6")} address", "narrow it: a list file cannot say that everybody is meant");
        return false;
    }

    private static bool IsEverybodyByName(ReadOnlySpan<char> entry, out NetworkNotation.Fault fault)
    {
        bool isName = AsciiComparer.Equals(entry, nameof(NetworkSet.Everyone))
            || AsciiComparer.Equals(entry, nameof(NetworkSet.EveryIPv4))
            || AsciiComparer.Equals(entry, nameof(NetworkSet.EveryIPv6));
        fault = isName ? new("a list file cannot say that everybody is meant", "name the networks, or say it in the policy") : default;
        return isName;
    }

    // Is it a network with its mask, or one address with a column or value that looks like a mask?
    private static bool IsAmbiguous(ListReader list, out NetworkNotation.Fault fault)
    {
        fault = default;
        int end = list.Rest.IndexOfAny(' ', '\t');
        ReadOnlySpan<char> second = end < 0 ? list.Rest : list.Rest[..end];
        if (!IsMask(second) || !IPAddressText.TryParseIPv4(list.Entry, out _)) return false;
        bool isNetwork = NetworkNotation.TryParsePrefix($"{list.Entry} {second}", out IPPrefix network, out _);
        if (isNetwork) fault = new("a mask seems to follow the address", $"write {network}, or {list.Entry}/32 for the one address");
        else if (second.StartsWith("255.")) fault = new("a mask seems to follow the address", $"write the network in prefix notation, or {list.Entry}/32 for the one address");
        return fault != default;
    }

    private static bool IsMask(ReadOnlySpan<char> text) => text.Contains('.') && !text.ContainsAnyExcept(DigitsAndDots);

    private static bool IsWholeFamily(NetworkNotation.Block block) => block.IsIPv4
        ? block.First <= AddressKey.IPv4Clients[0].First && block.Last >= AddressKey.IPv4Clients[^1].Last
        : block.First <= AddressKey.IPv6Clients[0].First && block.Last >= AddressKey.IPv6Clients[^1].Last;
}
