using System.Security.Cryptography;

namespace RelayPolicy;

/// <summary>The SHA-256 fingerprint of a certificate. <c>default</c> is no fingerprint and equals none that was read.</summary>
public readonly struct CertificateFingerprint : IEquatable<CertificateFingerprint>
{
    private readonly string? _hex; // 64 lower-case hexadecimal digits

    private CertificateFingerprint(string hex) => _hex = hex;

    /// <summary>Whether this is <c>default(CertificateFingerprint)</c>.</summary>
    public bool IsDefault => _hex is null;

    /// <summary>Reads a fingerprint.</summary>
    /// <param name="text">64 hexadecimal digits in either case, plain or as 32 pairs separated by colons.</param>
    /// <exception cref="FormatException">The text is no SHA-256 fingerprint.</exception>
    public static CertificateFingerprint Parse(string text) => TryParse(text, out CertificateFingerprint fingerprint)
        ? fingerprint
        : throw new FormatException($"\"{Printable.Escape(text)}\" is no SHA-256 fingerprint: write 64 hexadecimal digits, with or without colons between pairs.");

    /// <summary>Reads a fingerprint as <see cref="Parse"/> does, without throwing.</summary>
    /// <param name="text">The fingerprint, or null, which is an error.</param>
    /// <param name="fingerprint">The fingerprint; <c>default</c> on failure.</param>
    public static bool TryParse(string? text, out CertificateFingerprint fingerprint)
    {
        fingerprint = default;
        string hex = text ?? "";
        bool hasColons = hex.Length == (SHA256.HashSizeInBytes * 3) - 1;
        if (hasColons)
        {
            for (int i = 2; i < hex.Length; i += 3)
            {
                if (hex[i] != ':') return false;
            }

            hex = hex.Replace(":", "", StringComparison.Ordinal);
        }

        if (hex.Length != SHA256.HashSizeInBytes * 2 || !hex.All(char.IsAsciiHexDigit)) return false;
        fingerprint = new CertificateFingerprint(string.Create(hex.Length, hex, static (span, source) => source.AsSpan().ToLowerInvariant(span)));
        return true;
    }

    /// <summary>The fingerprint of a certificate.</summary>
    /// <param name="certificate">The certificate in DER (for example <c>X509Certificate2.RawData</c>).</param>
    public static CertificateFingerprint Compute(ReadOnlySpan<byte> certificate)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(certificate, hash);
        return Parse(Convert.ToHexString(hash));
    }

    /// <inheritdoc/>
    public bool Equals(CertificateFingerprint other) => string.Equals(_hex, other._hex, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CertificateFingerprint other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hex is null ? 0 : StringComparer.Ordinal.GetHashCode(_hex);

    /// <summary>64 lower-case hexadecimal digits, or "(none)" for <c>default</c>.</summary>
    public override string ToString() => _hex ?? "(none)";

    /// <summary>Whether both are the same fingerprint.</summary>
    public static bool operator ==(CertificateFingerprint left, CertificateFingerprint right) => left.Equals(right);

    /// <summary>Whether they are different fingerprints.</summary>
    public static bool operator !=(CertificateFingerprint left, CertificateFingerprint right) => !left.Equals(right);
}
