namespace RelayPolicy;

/// <summary>
/// Tells of what follows an address on a line whether it is a column of its own, or may belong to the address: a prefix length, a
/// mask, or the end of a range, which must never be ignored.
/// </summary>
internal static class ColumnAfterAddress
{
    private const string Dashes = "-\u2010\u2011\u2012\u2013\u2014\u2212";
    private const string Leads = "/" + Dashes;
    private const string Marks = ";|\"'()[]"; // they set a column off
    private const string Quotes = "," + Marks;

    private static readonly string[] Words = ["to", "through", "mask", "netmask"];

    /// <summary>What is wrong with the line; <c>default</c> if what follows is a column of its own.</summary>
    /// <param name="address">The address as it is written, without a prefix length.</param>
    /// <param name="entry">The address as a network.</param>
    /// <param name="rest">What follows it.</param>
    /// <param name="isTable">Whether the rest is a value, which may well be a number or another address.</param>
    public static NetworkNotation.Fault Check(ReadOnlySpan<char> address, IPPrefix entry, ReadOnlySpan<char> rest, bool isTable)
    {
        ReadOnlySpan<char> column = FirstColumn(rest, out ReadOnlySpan<char> joint);
        if (!column.IsEmpty && !column.ContainsAnyExceptInRange('0', '9')) return OfNumber(address, entry, column, joint.Contains('/'), isTable);
        if (entry.IsIPv4 && SeemsMask(column))
        {
            bool isNetwork = NetworkNotation.TryParsePrefix($"{address} {column}", out IPPrefix network, out _);
            return new("a mask seems to follow the address", $"write {(isNetwork ? network : "the network in prefix notation")}, or {One(address, entry)}");
        }

        bool isAddress = !column.Contains('/') && NetworkNotation.TryParsePrefix(column, out IPPrefix last, out _) && last.IsIPv4 == entry.IsIPv4
            && (!joint.IsEmpty || (!isTable && last.First > entry.First));
        return isAddress ? new("the end of a range seems to follow the address", $"write {entry}-{column}, or {One(address, entry)}") : default;
    }

    private static NetworkNotation.Fault OfNumber(ReadOnlySpan<char> address, IPPrefix entry, ReadOnlySpan<char> number, bool hasSlash, bool isTable)
    {
        bool isNetwork = NetworkNotation.TryParsePrefix($"{address}/{number.TrimStart('0')}", out IPPrefix network, out _) && network != entry;
        return hasSlash || (isNetwork && !isTable)
            ? new("a prefix length seems to follow the address", $"write {(isNetwork ? network : "the network without white space in it")}, or {One(address, entry)}")
            : default;
    }

    private static string One(ReadOnlySpan<char> address, IPPrefix entry) => $"{address}/{entry.Length} for the one address";

    private static bool SeemsMask(ReadOnlySpan<char> text) => NetworkNotation.SeemsMask(text) || IsHexadecimal(text);

    private static bool IsHexadecimal(ReadOnlySpan<char> text)
    {
        if (text is not ['0', 'x' or 'X', _, ..]) return false;
        foreach (char digit in text[2..])
        {
            if (!char.IsAsciiHexDigit(digit)) return false;
        }

        return true;
    }

    // The first column that says something, without the marks around it; and what stands before it as if to join it to the address.
    private static ReadOnlySpan<char> FirstColumn(ReadOnlySpan<char> rest, out ReadOnlySpan<char> joint)
    {
        int at = 0;
        while (true)
        {
            ReadOnlySpan<char> token = Token(rest[at..], out int skipped);
            at += skipped;
            if (token.IsEmpty || !IsJoint(token)) break;
            at += token.Length;
        }

        ReadOnlySpan<char> column = Token(rest[at..], out _);
        int lead = Math.Max(column.IndexOfAnyExcept(Leads + Quotes), 0);
        joint = rest[..(at + lead)].Trim().Trim(Marks);
        return column[lead..].TrimEnd(Quotes);
    }

    private static bool IsJoint(ReadOnlySpan<char> token)
    {
        foreach (string word in Words)
        {
            if (AsciiComparer.Equals(token, word)) return true;
        }

        return !token.ContainsAnyExcept(Leads + Quotes);
    }

    private static ReadOnlySpan<char> Token(ReadOnlySpan<char> text, out int skipped)
    {
        skipped = text.Length - text.TrimStart().Length;
        int end = skipped;
        while (end < text.Length && !char.IsWhiteSpace(text[end])) end++;
        return text[skipped..end];
    }
}
