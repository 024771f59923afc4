using System.Security.Cryptography;

namespace RelayPolicy.Tests;

public sealed class CertificateFingerprintTests
{
    private const string Hex = "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF";

    private static readonly string Pairs = string.Join(':', Hex.Chunk(2).Select(pair => new string(pair)));

    [Fact]
    public void A_fingerprint_is_read_in_either_case_with_or_without_colons()
    {
        var fingerprint = CertificateFingerprint.Parse(Hex);
        Assert.Equal(Hex.ToLowerInvariant(), fingerprint.ToString());
        Assert.True(fingerprint == CertificateFingerprint.Parse(Pairs));
        Assert.True(fingerprint == CertificateFingerprint.Parse(Hex.ToUpperInvariant()));
        Assert.Equal(fingerprint.GetHashCode(), CertificateFingerprint.Parse(Pairs).GetHashCode());
        Assert.False(fingerprint.IsDefault);
    }

    public static TheoryData<string?> Wrong =>
    [
        (string?)null, "", " ", Hex[1..], Hex + "0", Hex[..40], " " + Hex, Hex + " ", Hex + "\n", Hex[..63] + "g", Hex[..63] + "\u0661", Hex[..63] + "\uFF11",
        "SHA256:" + Hex, Pairs[..^1], Pairs + ":", ":" + Pairs[..^1], Pairs.Replace(':', '-'), Pairs.Replace(':', ' '),
        Pairs[..90] + "::" + Pairs[92..], Hex + new string(':', 31), new string(':', 95), "0:0" + Pairs[3..],
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_no_SHA_256_fingerprint_is_refused(string? text)
    {
        Assert.False(CertificateFingerprint.TryParse(text, out CertificateFingerprint fingerprint));
        Assert.True(fingerprint.IsDefault);
        Assert.Throws<FormatException>(() => CertificateFingerprint.Parse(text!));
    }

    [Fact]
    public void The_default_equals_none_that_was_read()
    {
        CertificateFingerprint none = default;
        Assert.True(none.IsDefault);
        Assert.Equal("(none)", none.ToString());
        Assert.True(none != CertificateFingerprint.Parse(new string('0', 64)));
    }

    [Fact]
    public void Another_digit_is_another_certificate() =>
        Assert.True(CertificateFingerprint.Parse(Hex) != CertificateFingerprint.Parse("1" + Hex[1..]));

    [Fact]
    public void The_fingerprint_of_a_certificate_is_the_SHA_256_of_its_DER() => Gen.Byte.Array[0, 100].Sample(
        der => Assert.Equal(Convert.ToHexString(SHA256.HashData(der)).ToLowerInvariant(), CertificateFingerprint.Compute(der).ToString()),
        iter: 200);

    [Fact]
    public void What_is_printed_parses_to_the_same_fingerprint() => Gen.Byte.Array[32].Sample(
        hash =>
        {
            var fingerprint = CertificateFingerprint.Parse(Convert.ToHexString(hash));
            Assert.Equal(fingerprint, CertificateFingerprint.Parse(fingerprint.ToString()));
        },
        iter: 1_000);
}
