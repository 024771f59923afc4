using System.Buffers;

namespace RelayPolicy;

/// <summary>Reads the network on a line of a list file, and reports every line where it would not be sure what is meant.</summary>
internal static class NetworkLine
{
    private const string WhiteSpace = " \t";

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

    // Is it one address with a column or value, or does what follows belong to it: a length, a mask, the end of a range?
    // A value may well be a number or another address.
    private static bool IsAmbiguous(ListReader list, bool isTable, out NetworkNotation.Fault fault)
    {
        fault = default;
        if (list.Entry.Contains('/') || !NetworkNotation.TryParsePrefix(list.Entry, out IPPrefix entry, out _)) return false;
        ReadOnlySpan<char> second = FirstColumn(list.Rest);
        string one = $"{list.Entry}/{entry.Length} for the one address";
        if (second is ['/', >= '0' and <= '9', ..]) fault = new("a prefix length seems to follow the address", $"write it without white space before it, or {one}");
        else if (second is ['-', ..] && NetworkNotation.TryParsePrefix(FirstColumn(list.Rest[1..].TrimStart(WhiteSpace)), out IPPrefix end, out _))
        {
            fault = EndOfRange(entry, end, one);
        }
        else if (IsMask(second) && entry.IsIPv4 && NetworkNotation.SeemsMask(second))
        {
            bool isNetwork = NetworkNotation.TryParsePrefix($"{list.Entry} {second}", out IPPrefix network, out _);
            fault = new("a mask seems to follow the address", $"write {(isNetwork ? network : "the network in prefix notation")}, or {one}");
        }
        else if (!isTable && second.Length > 0) fault = OfColumn(list.Entry, second, entry, one);
        return fault != default;
    }

    private static NetworkNotation.Fault OfColumn(ReadOnlySpan<char> text, ReadOnlySpan<char> column, IPPrefix entry, string one)
    {
        if (!column.ContainsAnyExceptInRange('0', '9'))
        {
            return NetworkNotation.TryParsePrefix($"{text}/{column}", out IPPrefix network, out _) && network != entry
                ? new("a prefix length seems to follow the address", $"write {network}, or {one}")
                : default;
        }

        bool isEnd = NetworkNotation.TryParsePrefix(column, out IPPrefix end, out _) && end.IsIPv4 == entry.IsIPv4 && end.First > entry.First;
        return isEnd && !column.Contains('/') ? EndOfRange(entry, end, one) : default;
    }

    private static NetworkNotation.Fault EndOfRange(IPPrefix first, IPPrefix last, string one) =>
        new("the end of a range seems to follow the address", $"write {first}-{last}, or {one}");

    private static ReadOnlySpan<char> FirstColumn(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAny(WhiteSpace);
        return (end < 0 ? text : text[..end]).TrimEnd(',');
    }

    private static bool IsMask(ReadOnlySpan<char> text) => text.Contains('.') && !text.ContainsAnyExcept(DigitsAndDots);

    private static bool IsWholeFamily(NetworkNotation.Block block) => block.IsIPv4
        ? block.First <= AddressKey.IPv4Clients[0].First && block.Last >= AddressKey.IPv4Clients[^1].Last
        : block.First <= AddressKey.IPv6Clients[0].First && block.Last >= AddressKey.IPv6Clients[^1].Last;
}
