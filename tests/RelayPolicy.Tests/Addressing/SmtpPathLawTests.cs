using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace RelayPolicy.Tests;

/// <summary>parse ∘ print = identity for paths, and what is printed is always safe to send.</summary>
public sealed partial class SmtpPathLawTests
{
    private const AddressOptions Everything = AddressOptions.SmtpUtf8 | AddressOptions.Underscores;

    [Fact]
    public void A_mailbox_means_what_was_sent() => Generators.MailboxText.Sample(
        mailbox =>
        {
            SmtpPath path = SmtpPath.ParseForwardPath($"<{mailbox.Text}>", AddressOptions.SmtpUtf8);
            Assert.Equal(mailbox.LocalPart, path.LocalPart);
            string sent = mailbox.Text[(mailbox.Text.LastIndexOf('@') + 1)..];
            if (sent[0] == '[') Assert.Equal(IPAddress.Parse(sent[1..^1].Replace("IPv6:", "", StringComparison.OrdinalIgnoreCase)), path.AddressLiteral);
            else Assert.Equal(DomainName.Parse(sent), path.Domain);
        },
        iter: 20_000);

    [Fact]
    public void What_is_printed_parses_to_the_same_path() => Generators.Path.Sample(
        path =>
        {
            SmtpPath again = path.IsNull ? SmtpPath.ParseReversePath(path.ToString()) : SmtpPath.ParseForwardPath(path.ToString(), AddressOptions.SmtpUtf8);
            Assert.Equal(path, again);
            Assert.Equal(path.LocalPart, again.LocalPart);
            Assert.Equal(path.ToString(), again.ToString());
            if (path.IsMailbox) Assert.Equal(path, SmtpPath.ParseMailbox(path.Address));
        },
        iter: 20_000);

    [Fact]
    public void A_path_that_does_not_require_SMTPUTF8_is_printed_in_ASCII() => Generators.Mailbox.Sample(
        path =>
        {
            Assert.Equal(path.RequiresSmtpUtf8, !Ascii.IsValid(path.ToString()));
            Assert.Equal(!path.RequiresSmtpUtf8, SmtpPath.TryParseForwardPath(path.ToString(), AddressOptions.None, out _, out _));
        },
        iter: 20_000);

    [Fact]
    public void What_is_printed_holds_no_line_end_no_NUL_and_no_unquoted_special() =>
        Generators.Mailbox.Sample(path => Assert.Matches(Printed(), path.ToString()), iter: 20_000);

    [Fact]
    public void Equal_paths_are_those_that_print_alike_in_any_ASCII_case() => Gen.Select(Generators.Path, Generators.Path, Gen.Bool).Sample(
        (left, other, same) =>
        {
            SmtpPath right = same && left.IsMailbox ? SmtpPath.ParseMailbox(Swap(left.Address)) : other;
            bool alike = Swap(left.ToString().ToUpperAscii()) == Swap(right.ToString().ToUpperAscii());
            Assert.Equal(alike, left == right);
            if (alike) Assert.Equal(left.GetHashCode(), right.GetHashCode());
        },
        iter: 20_000);

    [Fact]
    public void Garbage_never_throws_and_what_is_read_of_it_prints_and_parses_to_the_same() =>
        Gen.Frequency((1, Generators.Garbage), (2, Generators.NearlyPath)).Sample(CheckGarbage, iter: 60_000);

    [Fact]
    public void Random_bytes_never_throw_and_read_as_their_text_does() => Gen.Frequency(
            (1, Gen.Byte.Array[0, 30]),
            (3, Generators.NearlyPath.Where(IsWellFormed).Select(Encoding.UTF8.GetBytes)),
            (1, Gen.Select(Generators.NearlyPath, Gen.Byte, Gen.Int[0, 1000], Wound)))
        .Sample(
            bytes =>
            {
                foreach (AddressOptions options in new[] { AddressOptions.None, AddressOptions.SmtpUtf8 })
                {
                    bool read = SmtpPath.TryParseForwardPath(bytes, options, out SmtpPath path, out AddressError error);
                    string text = Encoding.UTF8.GetString(bytes);
                    bool isUtf8 = Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(bytes);
                    bool expected = SmtpPath.TryParseForwardPath(text, options, out SmtpPath ofText, out AddressError ofTextError) && isUtf8;
                    Assert.Equal(expected, read);
                    Assert.Equal(expected ? ofText : default, path);
                    if (!read) Assert.InRange(error.Position, 0, bytes.Length);
                    bool sameRules = isUtf8 && (options != AddressOptions.None || Ascii.IsValid(bytes));
                    if (!read && sameRules) Assert.Equal(ofTextError with { Position = Encoding.UTF8.GetByteCount(text.AsSpan(0, ofTextError.Position)) }, error);
                }
            },
            iter: 30_000);

    [Fact]
    public void A_reverse_path_that_is_a_mailbox_is_a_forward_path_too() => Generators.NearlyPath.Sample(
        text =>
        {
            bool reverse = SmtpPath.TryParseReversePath(text, Everything, out SmtpPath sender, out _);
            bool forward = SmtpPath.TryParseForwardPath(text, Everything, out SmtpPath recipient, out _);
            if (reverse && !sender.IsNull) Assert.Equal(sender, recipient);
            if (forward && !recipient.IsBarePostmaster) Assert.Equal(recipient, sender);
        },
        iter: 20_000);

    private static void CheckGarbage(string text)
    {
        foreach (AddressOptions options in new[] { AddressOptions.None, AddressOptions.SmtpUtf8, Everything })
        {
            CheckOne(text, SmtpPath.TryParseForwardPath(text, options, out SmtpPath path, out AddressError error), path, error);
            if (!path.IsDefault) Assert.Equal(path, SmtpPath.ParseForwardPath(path.ToString(), options));
            CheckOne(text, SmtpPath.TryParseReversePath(text, options, out path, out error), path, error);
            if (!path.IsDefault) Assert.Equal(path, SmtpPath.ParseReversePath(path.ToString(), options));
            CheckOne(text, SmtpPath.TryParseMailbox(text, options, out path, out error), path, error);
            if (!path.IsDefault) Assert.Equal(path, SmtpPath.ParseMailbox(path.Address, options));
        }
    }

    private static void CheckOne(string text, bool read, SmtpPath path, AddressError error)
    {
        Assert.Equal(!read, path.IsDefault);
        if (path.IsMailbox) Assert.Matches(Printed(), path.ToString());
        if (read) return;
        Assert.InRange(error.Position, 0, text.Length);
        Assert.NotEmpty(error.Reason);
        Assert.All(error.Reason, c => Assert.InRange(c, ' ', '~'));
    }

    private static bool IsWellFormed(string text) => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);

    private static byte[] Wound(string text, byte wrong, int at)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > 0) bytes[at % bytes.Length] = wrong;
        return bytes;
    }

    private static string Swap(string text) =>
        string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : char.IsAsciiLetterLower(c) ? char.ToUpperInvariant(c) : c));

    // The grammar of RFC 5321 §4.1.2 once more, as an expression.
    [GeneratedRegex("""\A<(?:[^\x00-\x20"(),.:;<>@\[\\\]\x7f]+(?:\.[^\x00-\x20"(),.:;<>@\[\\\]\x7f]+)*|"(?:[^\x00-\x1f"\\\x7f]|\\["\\])+")@(?:[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9.]+\]|\[IPv6:[0-9a-f:.]+\])>\z""", RegexOptions.CultureInvariant)]
    private static partial Regex Printed();
}

internal static class AsciiText
{
    public static string ToUpperAscii(this string text) => string.Concat(text.Select(c => char.IsAsciiLetterLower(c) ? (char)(c - 0x20) : c));
}
