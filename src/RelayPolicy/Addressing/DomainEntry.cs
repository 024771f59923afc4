using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace RelayPolicy;

/// <summary>
/// One entry of a list of domains: an exact name (<c>example.com</c>) or everything below a name but not the name itself
/// (<c>*.example.com</c>).
/// </summary>
/// <param name="Name">The name, without asterisk, as <see cref="DomainName.Value"/>.</param>
/// <param name="IsWildcard">Whether the names below it are meant.</param>
internal readonly record struct DomainEntry(string Name, bool IsWildcard)
{
    private const string WildcardPrefix = "*.";

    /// <summary>Whether the text is meant for an address literal such as <c>[192.0.2.1]</c>.</summary>
    public static bool IsLiteral([NotNullWhen(true)] string? text) => text is ['[', ..];

    /// <summary>Reads an address literal with its brackets.</summary>
    /// <param name="text">A text that <see cref="IsLiteral"/>.</param>
    /// <param name="literal">The address.</param>
    /// <param name="problem">What is wrong with it, as in an <see cref="EntryError"/>.</param>
    /// <param name="mend">What to do about it.</param>
    public static bool TryParseLiteral(string text, [NotNullWhen(true)] out IPAddress? literal, out string problem, out string mend)
    {
        mend = "write [192.0.2.1] or [IPv6:2001:db8::1]";
        literal = null;
        problem = "an address literal ends with ']'";
        return text[^1] == ']' && AddressLiteral.TryParse(text.AsSpan(1, text.Length - 2), out literal, out problem);
    }

    /// <summary>Reads a name or a wildcard.</summary>
    /// <param name="text">The entry as it was given. Names may hold U-labels, which are taken as they are written.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="problem">What is wrong with it, as in an <see cref="EntryError"/>.</param>
    /// <param name="mend">What to do about it.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out DomainEntry entry, out string problem, out string mend)
    {
        entry = default;
        (problem, mend) = ("", "");
        if (string.IsNullOrWhiteSpace(text))
        {
            (problem, mend) = ("it is empty", "write a domain such as example.com, or remove the entry");
            return false;
        }

        if (text == "*")
        {
            (problem, mend) = ("it would stand for every domain", "name the domains; a condition without a destination is written without a list");
            return false;
        }

        bool isWildcard = text.StartsWith(WildcardPrefix, StringComparison.Ordinal);
        int skipped = isWildcard ? WildcardPrefix.Length : 0;
        if (!DomainName.TryParse(text.AsSpan(skipped), AddressOptions.SmtpUtf8, out DomainName name, out AddressError error))
        {
            (problem, mend) = ((error with { Position = error.Position + skipped }).ToString(), Mend(text));
            return false;
        }

        entry = new DomainEntry(name.Value, isWildcard);
        return true;
    }

    /// <summary>The entry as it is read.</summary>
    public override string ToString() => IsWildcard ? WildcardPrefix + Name : Name;

    private static string Mend(string text)
    {
        if (text.Contains('@')) return "write the domain alone, without the local-part";
        if (text.Contains('*')) return "a wildcard is written *.example.com and stands for whole labels at the front";
        if (IPAddressText.TryParseIPv4(text, out _)) return $"an address literal is written [{text}]";
        return text[^1] == '.' ? "write it without the trailing dot" : "write a domain such as example.com or *.example.com";
    }
}
