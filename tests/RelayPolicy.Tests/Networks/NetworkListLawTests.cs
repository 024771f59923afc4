using System.Text;
using System.Text.RegularExpressions;

namespace RelayPolicy.Tests;

public sealed partial class NetworkListLawTests
{
    private static readonly Gen<string> Entry = Gen.OneOf(
        Gen.Select(Gen.Byte, Gen.Int[24, 32], (last, length) => $"203.0.113.{last >> (32 - length) << (32 - length)}/{length}"),
        Gen.Byte.Select(last => $"198.51.100.{last}"),
        Gen.Byte.Select(third => $"192.0.{third}.0/24"),
        Gen.Byte.Select(third => $"10.{third}.0.0 255.255.0.0"),
        Gen.Select(Gen.Byte, Gen.Byte, (a, b) => $"192.0.2.{Math.Min(a, b)}-192.0.2.{Math.Max(a, b)}"),
        Gen.UShort.Select(group => $"2001:db8:{group:x}::/48"),
        Gen.UShort.Select(group => $"2001:db8::{group:x}"));

    private static readonly Gen<string> Line = Gen.Frequency(
        (6, Entry),
        (2, Gen.Select(Entry, Gen.OneOfConst(" ; SBL256894", " # x", "\t#", "   "), (entry, tail) => entry + tail)),
        (1, Gen.OneOfConst("", "# comment", "; comment", "  ", "# C\u00F4te")));

    private static readonly Gen<string> List = Line.Array[1, 12].Select(lines => "192.0.2.7\n" + ListFiles.Lines(lines));

    [Fact]
    public void What_a_set_prints_is_read_as_an_equal_set() => Entry.Array[1, 40].Sample(entries =>
    {
        NetworkSet set = NetworkSet.Parse(entries);
        Assert.Equal(set, NetworkList.Read(ListFiles.Plain(ListFiles.Lines(set.ToEntries()))));
        Assert.Equal(set, NetworkList.Read(new MemoryStream(ListFiles.Pack(string.Join("\r\n", set.ToEntries())))));
    });

    // The oracle splits the whole text, and knows neither streams nor limits.
    [Fact]
    public void A_list_with_one_damaged_byte_is_exactly_what_its_lines_say_or_nothing() => Gen.Select(List, Gen.Int[0, int.MaxValue], Gen.Byte).Sample((text, at, damage) =>
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        bytes[at % bytes.Length] = damage;
        bool isRead = NetworkList.TryRead(new MemoryStream(bytes), out NetworkSet? set, out IReadOnlyList<LineError> errors);
        Assert.Equal(isRead, errors.Count == 0);
        Assert.Equal(Expected(bytes), set);
    }, iter: 5000);

    [Fact]
    public void Bytes_of_any_kind_never_throw() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        NetworkList.TryRead(new MemoryStream(bytes), out _, out _);
        NetworkList.TryRead(new MemoryStream([0x1f, 0x8b, 8, .. bytes]), out _, out _);
        NetworkList.TryReadTable(new MemoryStream(bytes), value => value, out _, out _);
        DomainList.TryRead(new MemoryStream(bytes), out _, out _);
        DomainList.TryReadTable(new MemoryStream(bytes), value => value, out _, out _);
    });

    private static NetworkSet? Expected(byte[] bytes)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }

        string[] lines = [.. text.Split('\n').Select(line => line.EndsWith('\r') ? line[..^1] : line)];
        if (lines.Any(line => line.Any(c => char.IsControl(c) && c != '\t'))) return null;
        IEnumerable<string> entries = lines.Select(line => Comment().Replace(line, "").Trim(' ', '\t').Replace('\t', ' ')).Where(entry => entry.Length > 0);
        return NetworkSet.TryParse(entries, out NetworkSet? set, out _) && !set.IsEmpty ? set : null;
    }

    [GeneratedRegex(@"(\A|[ \t])[#;].*", RegexOptions.Singleline)]
    private static partial Regex Comment();
}
