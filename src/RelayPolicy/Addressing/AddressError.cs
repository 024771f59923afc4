namespace RelayPolicy;

/// <summary>What kind of error an address holds; it selects the reply on the wire.</summary>
public enum AddressErrorKind
{
    /// <summary>The text does not follow the grammar (<c>501</c>, RFC 5321 §4.1.2).</summary>
    Syntax = 0,

    /// <summary>The text holds non-ASCII characters, and SMTPUTF8 was not asked for (<c>553 5.6.7</c>, RFC 6531 §3.5).</summary>
    NonAsciiWithoutSmtpUtf8,
}

/// <summary>Why and where an address could not be read.</summary>
/// <param name="Kind">Whether the grammar or a missing SMTPUTF8 is at fault.</param>
/// <param name="Position">Index of the offending character (of the offending byte, when bytes were read), counted from 0;
/// the length of the text when something is missing at its end.</param>
/// <param name="Reason">The reason as a clause in printable ASCII, which never quotes the input.</param>
public readonly record struct AddressError(AddressErrorKind Kind, int Position, string Reason)
{
    /// <summary>The reason and the position.</summary>
    public override string ToString() => $"{Reason} (position {Position})";
}

/// <summary>A text is no address, path or domain name.</summary>
public sealed class AddressFormatException : FormatException
{
    internal AddressFormatException(string what, ReadOnlySpan<char> text, AddressError error)
        : base($"\"{Printable.Escape(text)}\" is no {what}: {error}.") => Error = error;

    /// <summary>Why and where.</summary>
    public AddressError Error { get; }
}
