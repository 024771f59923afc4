using System.Globalization;
using System.Text;

namespace RelayPolicy.Tests;

/// <summary>The recorded answers of two well-known servers, one row for each pair of arguments.</summary>
/// <param name="MailFrom">The argument of MAIL FROM: as the file writes it.</param>
/// <param name="RcptTo">The argument of RCPT TO: as the file writes it.</param>
/// <param name="Postfix">What Postfix 3.7.11 answered.</param>
/// <param name="Exim">What Exim 4.96 answered.</param>
public sealed record AddressVector(string MailFrom, string RcptTo, string Postfix, string Exim)
{
    private const string LocalSuffix = "@local.example>";

    /// <summary>Whether both servers took the recipient.</summary>
    public bool BothAccept => IsAccepted(Postfix) && IsAccepted(Exim);

    /// <summary>Every row of the file, but for one that repeats another.</summary>
    public static IReadOnlyList<AddressVector> All { get; } = [.. Read().Distinct()];

    /// <summary>The octets of an argument that were on the wire.</summary>
    /// <exception cref="FormatException">The file does not say them.</exception>
    public static byte[] Bytes(string argument)
    {
        string text = Unescape(Rebuild(argument));
        var bytes = new List<byte>();
        for (int i = 0; i < text.Length; i++)
        {
            // What is still an escape after unescaping once stands for a raw octet.
            if (text[i] == '\\' && i + 3 < text.Length && text[i + 1] == 'x' && byte.TryParse(text.AsSpan(i + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte raw))
            {
                bytes.Add(raw);
                i += 3;
            }
            else
            {
                int length = char.IsHighSurrogate(text[i]) ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text, i, length));
                i += length - 1;
            }
        }

        return [.. bytes];
    }

    private static IEnumerable<AddressVector> Read()
    {
        using Stream stream = typeof(AddressVector).Assembly.GetManifestResourceStream("rcpt-addresses.tsv")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            string[] fields = line.Split('\t');
            if (line.StartsWith('#') || fields[0] == "mail_from") continue;
            Assert.Equal(4, fields.Length);
            yield return new AddressVector(fields[0], fields[1], fields[2], fields[3]);
        }
    }

    // "<lll...(272)" is an argument of 272 characters, of which the file keeps the first ones.
    private static string Rebuild(string argument)
    {
        int dots = argument.IndexOf("...(", StringComparison.Ordinal);
        if (dots < 0) return argument;
        int length = int.Parse(argument.AsSpan((dots + 4)..^1), CultureInfo.InvariantCulture);
        string rebuilt = argument[..dots] switch
        {
            ['<', .. string letters] when letters.All(c => c == 'l') => "<" + new string('l', length - 1 - LocalSuffix.Length) + LocalSuffix,
            ['<', 'r', '@', .. string letters] when letters.All(c => c == 'd') => "<r@" + string.Join('.', Enumerable.Repeat(new string('d', 63), (length - 3) / 64)) + ">",
            _ => "",
        };
        return rebuilt.Length == length ? rebuilt : throw new FormatException($"{argument} cannot be rebuilt.");
    }

    // The escapes of Python's string literals that the file uses.
    private static string Unescape(string text)
    {
        var result = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            int digits = text[++i] switch { 'x' => 2, 'u' => 4, _ => 0 };
            result.Append(text[i] switch
            {
                'x' or 'u' => (char)int.Parse(text.AsSpan(i + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                't' => '\t',
                'r' => '\r',
                'n' => '\n',
                '\\' => '\\',
                _ => throw new FormatException($"{text} holds an unknown escape."),
            });
            i += digits;
        }

        return result.ToString();
    }

    private static bool IsAccepted(string answer) => answer == "250" || answer.StartsWith("250 ", StringComparison.Ordinal);
}
