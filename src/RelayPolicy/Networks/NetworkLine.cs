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
            && !IsAmbiguous(list, isTable: true, out fault)
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

        if (!isMask && IsAmbiguous(list, isTable: false, out fault)) return false;
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

    private static bool IsAmbiguous(ListReader list, bool isTable, out NetworkNotation.Fault fault)
    {
        fault = default;
        if (list.Rest.IsEmpty || list.Entry.Contains('/') || !NetworkNotation.TryParsePrefix(list.Entry, out IPPrefix entry, out _)) return false;
        fault = ColumnAfterAddress.Check(list.Entry, entry, list.Rest, isTable);
        return fault != default;
    }

    private static bool IsMask(ReadOnlySpan<char> text) => text.Contains('.') && !text.ContainsAnyExcept(DigitsAndDots);

    private static bool IsWholeFamily(NetworkNotation.Block block) => block.IsIPv4
        ? block.First <= AddressKey.IPv4Clients[0].First && block.Last >= AddressKey.IPv4Clients[^1].Last
        : block.First <= AddressKey.IPv6Clients[0].First && block.Last >= AddressKey.IPv6Clients[^1].Last;
}
