namespace RelayPolicy;

/// <summary>
/// A domain name in the form in which it is compared: ASCII, lower case, internationalised labels as A-labels (RFC 5890).
/// The way from what was sent to this form is injective: ASCII letters are lower-cased, every other code point is encoded
/// as it is (RFC 3492), so two spellings are never taken for one name. <c>default(DomainName)</c> is no name.
/// </summary>
public readonly struct DomainName : IEquatable<DomainName>
{
    private readonly string? _value;

    internal DomainName(string value) => _value = value;

    /// <summary>The name in lower-case A-labels without a trailing dot; empty in <c>default(DomainName)</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether this is <c>default(DomainName)</c>, which is no name.</summary>
    public bool IsDefault => _value is null;

    /// <summary>Reads a domain name by the grammar of RFC 5321 §4.1.2 (<c>Domain</c>) and RFC 6531 §3.3.</summary>
    /// <param name="text">The name: no trailing dot, no empty label, at most 63 octets a label and 255 in all, not an IP address.</param>
    /// <param name="options">Whether U-labels and underscores are taken.</param>
    /// <exception cref="AddressFormatException">The text is no domain name; it says why and where.</exception>
    public static DomainName Parse(string text, AddressOptions options = AddressOptions.SmtpUtf8) =>
        TryParse(text, options, out DomainName name, out AddressError error) ? name : throw new AddressFormatException("domain name", text, error);

    /// <summary>Reads a domain name as <see cref="Parse"/> does, without throwing.</summary>
    /// <param name="text">The name.</param>
    /// <param name="options">Whether U-labels and underscores are taken.</param>
    /// <param name="name">The name read; <c>default</c> on failure.</param>
    /// <param name="error">Why and where it failed; meaningless on success.</param>
    public static bool TryParse(ReadOnlySpan<char> text, AddressOptions options, out DomainName name, out AddressError error) =>
        DomainParser.TryParse(text, options, out name, out error);

    /// <inheritdoc/>
    public bool Equals(DomainName other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DomainName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : StringComparer.Ordinal.GetHashCode(_value);

    /// <summary>The name as <see cref="Value"/>.</summary>
    public override string ToString() => Value;

    /// <summary>Whether both are the same name.</summary>
    public static bool operator ==(DomainName left, DomainName right) => left.Equals(right);

    /// <summary>Whether they are different names.</summary>
    public static bool operator !=(DomainName left, DomainName right) => !left.Equals(right);
}
