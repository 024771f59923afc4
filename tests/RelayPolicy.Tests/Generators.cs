using System.Globalization;
using System.Net;
using System.Text;

namespace RelayPolicy.Tests;

/// <summary>What the property tests draw: text as clients send it, together with what it must mean.</summary>
internal static class Generators
{
    private const string AtextSpecials = "!#$%&'*+-/=?^_`{|}~";
    private const string LettersAndDigits = "abcXYZ019";

    private static readonly string[] NonAscii = ["\u00FC", "\u00DF", "\u212A", "\uFF20", "\uFEFF", "\u202E", "\u00A0", "\u4F8B", "\U0001F600", "u\u0308"];

    /// <summary>A dequoted local-part that stands in a path without quotes.</summary>
    public static readonly Gen<string> DotString =
        Gen.Char[LettersAndDigits + AtextSpecials].Array[1, 6].Select(chars => new string(chars)).Array[1, 4].Select(atoms => string.Join('.', atoms));

    /// <summary>A dequoted local-part of any printable ASCII, with those characters often that mean something to somebody.</summary>
    public static readonly Gen<string> AnyAsciiLocalPart = Gen.Frequency(
            (4, Gen.Char[LettersAndDigits]),
            (4, Gen.Char["\"\\@ .<>,:;()[]%!/|"]),
            (1, Gen.Char[' ', '~']))
        .Array[1, 16].Select(chars => new string(chars));

    /// <summary>A dequoted local-part that needs SMTPUTF8.</summary>
    public static readonly Gen<string> NonAsciiLocalPart =
        Gen.Select(AnyAsciiLocalPart, Gen.OneOfConst(NonAscii), DotString, Gen.Bool, (first, middle, last, plain) => (plain ? "" : first) + middle + last);

    public static readonly Gen<string> LocalPart = Gen.Frequency((2, DotString), (4, AnyAsciiLocalPart), (2, NonAsciiLocalPart));

    private static readonly Gen<string> Label = Gen.Frequency(
        (6, Gen.Select(Gen.Char["abcXYZ01"], Gen.Char["abcXYZ01-"].Array[0, 5], Gen.Char["abcXYZ01"], (first, middle, last) => first + new string(middle) + last)),
        (1, Gen.Char["abcXYZ"].Select(c => c.ToString())),
        (1, Gen.OneOfConst("xn--mnchen-3ya", "XN--STRAE-OQA", "123", "0x7f")),
        (2, Gen.OneOfConst("m\u00FCnchen", "stra\u00DFe", "\u4F8B\u3048", "\u0131x", "\u03B5\u03BB\u03BB\u03AC\u03C2", "\U00020000", "A\u00FCB")));

    /// <summary>A domain name as it may be sent: any case, U-labels and A-labels.</summary>
    public static readonly Gen<string> Domain = Gen.Select(Label.Array[0, 3], Gen.OneOfConst("example", "Example", "test", "\u00FCb"), (labels, last) => string.Join('.', [.. labels, last]));

    /// <summary>An IPv4 address, often one at the border of something.</summary>
    public static readonly Gen<IPAddress> IPv4 = Gen.Frequency(
            (3, Gen.UInt),
            (2, Gen.OneOfConst(0u, 1u, 0x0a000000u, 0x0affffffu, 0x0b000000u, 0x7f000001u, 0xc0000200u, 0xdfffffffu, 0xe0000000u, 0xffffffffu)))
        .Select(bits => new IPAddress([(byte)(bits >> 24), (byte)(bits >> 16), (byte)(bits >> 8), (byte)bits]));

    /// <summary>An IPv6 address that is not IPv4-mapped, often with runs of zeros or with an IPv4 address in it.</summary>
    public static readonly Gen<IPAddress> IPv6 = Gen.Frequency(
            (3, Gen.Byte.Array[16]),
            (3, Gen.Frequency((3, Gen.Const((byte)0)), (1, Gen.Byte)).Array[16]),
            (2, Gen.OneOfConst("::", "::1", "::10.0.0.1", "2002:a00:1::1", "64:ff9b::a00:1", "2001:0:a00:1::", "::5efe:10.0.0.1", "fe80::1", "::ffff:0:10.0.0.1", "::fffe:ffff:ffff", "::1:0:0:0", "ff02::1")
                .Select(text => IPAddress.Parse(text).GetAddressBytes())))
        .Where(bytes => !(bytes.AsSpan(0, 10).IndexOfAnyExcept((byte)0) < 0 && bytes[10] == 0xff && bytes[11] == 0xff))
        .Select(bytes => new IPAddress(bytes));

    /// <summary>An address literal with its brackets.</summary>
    public static readonly Gen<string> Literal = Gen.Frequency(
        (1, IPv4.Select(address => $"[{address}]")),
        (1, IPv6.Select(address => $"[IPv6:{address}]")),
        (1, IPv6.Select(address => $"[ipv6:{Uncompressed(address)}]")));

    /// <summary>A mailbox as sent, without brackets, and its dequoted local-part. Within all limits.</summary>
    public static readonly Gen<(string Text, string LocalPart)> MailboxText =
        Gen.Select(LocalPart, Gen.Frequency((5, Domain), (1, Literal)), Gen.Bool, Gen.Int[0, int.MaxValue], (local, domain, quote, seed) =>
            ($"{(quote || !IsDotString(local) ? Quote(local, seed) : local)}@{domain}", local));

    /// <summary>A mailbox with a printed form that the limits allow.</summary>
    public static readonly Gen<SmtpPath> Mailbox = MailboxText.Select(mailbox => SmtpPath.ParseMailbox(mailbox.Text));

    /// <summary>Any path that exists.</summary>
    public static readonly Gen<SmtpPath> Path = Gen.Frequency(
        (8, Mailbox),
        (1, Gen.Const(SmtpPath.Null)),
        (1, Gen.OneOfConst("<postmaster>", "<POSTMASTER>", "<Postmaster>").Select(text => SmtpPath.ParseForwardPath(text))));

    /// <summary>Text that is made to look like a path or command argument and hardly ever is one.</summary>
    public static readonly Gen<string> Garbage = Gen.Frequency(
            (4, Gen.OneOfConst(
                "<", ">", "@", "\"", "\\", ".", ",", ":", "[", "]", " ", "\t", "\r", "\n", "\0", "\x7f", "(", ")", ";", "r", "postmaster", "local.example", "ext.example",
                "127.0.0.1", "IPv6:", "::1", "::ffff:1.2.3.4", "xn--", "\u00FC", "\uD800", "\uDC00", "\uFF20", "\u3002", "\u0085", "\u2028", "SIZE=1", "SMTPUTF8", "NOTIFY=", "NEVER",
                "ORCPT=rfc822;", "+0D", "+", "=", "BODY=8BITMIME", "<r@local.example>", "\"a b\"")),
            (1, Gen.Char.Select(c => c.ToString())))
        .Array[0, 10].Select(string.Concat);

    /// <summary>A valid path text with a small wound: something inserted, removed or doubled.</summary>
    public static readonly Gen<string> NearlyPath = Gen.Select(MailboxText, Garbage, Gen.Int[0, 1000], Gen.Int[0, 3], (mailbox, garbage, at, wound) =>
    {
        string text = $"<{mailbox.Text}>";
        int position = at % text.Length;
        return wound switch
        {
            0 => text,
            1 => text.Insert(position, garbage),
            2 => text.Remove(position, 1),
            _ => text[..position] + text[(position / 2)..],
        };
    });

    /// <summary>The quoted string of a local-part: what must be escaped is, and by chance more.</summary>
    public static string Quote(string local, int seed = 0)
    {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < local.Length; i++)
        {
            bool escape = local[i] is '"' or '\\' || (local[i] < 0x7f && ((seed >> (i % 31)) & 1) == 1);
            quoted.Append(escape ? "\\" : "").Append(local[i]);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>All eight groups with all their digits.</summary>
    public static string Uncompressed(IPAddress ipv6) =>
        string.Join(':', ipv6.GetAddressBytes().Chunk(2).Select(pair => ((pair[0] << 8) | pair[1]).ToString("X4", CultureInfo.InvariantCulture)));

    private static bool IsDotString(string local) =>
        local.Split('.').All(atom => atom.Length > 0 && atom.All(c => c > 0x7f || char.IsAsciiLetterOrDigit(c) || AtextSpecials.Contains(c)));
}
