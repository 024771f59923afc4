namespace RelayPolicy.Smtp;

/// <summary>What the content may hold (<c>BODY</c>, RFC 6152).</summary>
public enum MailBody
{
    /// <summary>7BIT: ASCII; so it is too when the parameter was not given.</summary>
    SevenBit = 0,

    /// <summary>8BITMIME: octets above 127 too.</summary>
    EightBitMime,
}
