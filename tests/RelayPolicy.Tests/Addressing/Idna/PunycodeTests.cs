using System.Text;
using CsCheck;
using Xunit;

namespace RelayPolicy.Tests;

public sealed class PunycodeTests
{
    private static readonly Gen<int> Scalar = Gen.Frequency(
        (3, Gen.Int[0, 0x7F]),
        (3, Gen.Int[0x80, 0x2FF]),
        (2, Gen.Int[0x4E00, 0x4E20]),
        (1, Gen.Int[0xE000, 0x10FFFF]));

    /// <summary>The samples of RFC 3492, section 7.1, but for the one (Russian) that carries an upper-case flag.</summary>
    public static TheoryData<string, string> Samples => new()
    {
        { "\u0644\u064A\u0647\u0645\u0627\u0628\u062A\u0643\u0644\u0645\u0648\u0634\u0639\u0631\u0628\u064A\u061F", "egbpdaj6bu4bxfgehfvwxn" },
        { "\u4ED6\u4EEC\u4E3A\u4EC0\u4E48\u4E0D\u8BF4\u4E2D\u6587", "ihqwcrb4cv8a8dqg056pqjye" },
        { "\u4ED6\u5011\u7232\u4EC0\u9EBD\u4E0D\u8AAA\u4E2D\u6587", "ihqwctvzc91f659drss3x8bo0yb" },
        { "Pro\u010Dprost\u011Bnemluv\u00ED\u010Desky", "Proprostnemluvesky-uyb24dma41a" },
        { "\u05DC\u05DE\u05D4\u05D4\u05DD\u05E4\u05E9\u05D5\u05D8\u05DC\u05D0\u05DE\u05D3\u05D1\u05E8\u05D9\u05DD\u05E2\u05D1\u05E8\u05D9\u05EA", "4dbcagdahymbxekheh6e0a7fei0b" },
        { "\u092F\u0939\u0932\u094B\u0917\u0939\u093F\u0928\u094D\u0926\u0940\u0915\u094D\u092F\u094B\u0902\u0928\u0939\u0940\u0902\u092C\u094B\u0932\u0938\u0915\u0924\u0947\u0939\u0948\u0902", "i1baa7eci9glrd9b2ae1bj0hfcgg6iyaf8o0a1dig0cd" },
        { "\u306A\u305C\u307F\u3093\u306A\u65E5\u672C\u8A9E\u3092\u8A71\u3057\u3066\u304F\u308C\u306A\u3044\u306E\u304B", "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa" },
        { "\uC138\uACC4\uC758\uBAA8\uB4E0\uC0AC\uB78C\uB4E4\uC774\uD55C\uAD6D\uC5B4\uB97C\uC774\uD574\uD55C\uB2E4\uBA74\uC5BC\uB9C8\uB098\uC88B\uC744\uAE4C", "989aomsvi5e83db1d2a355cv1e0vak1dwrv93d5xbh15a0dt30a5jpsd879ccm6fea98c" },
        { "Porqu\u00E9nopuedensimplementehablarenEspa\u00F1ol", "PorqunopuedensimplementehablarenEspaol-fmd56a" },
        { "T\u1EA1isaoh\u1ECDkh\u00F4ngth\u1EC3ch\u1EC9n\u00F3iti\u1EBFngVi\u1EC7t", "TisaohkhngthchnitingVit-kjcr8268qyxafd2f1b9g" },
        { "3\u5E74B\u7D44\u91D1\u516B\u5148\u751F", "3B-ww4c5e180e575a65lsy2b" },
        { "\u5B89\u5BA4\u5948\u7F8E\u6075-with-SUPER-MONKEYS", "-with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n" },
        { "Hello-Another-Way-\u305D\u308C\u305E\u308C\u306E\u5834\u6240", "Hello-Another-Way--fc4qua05auwb3674vfr0b" },
        { "\u3072\u3068\u3064\u5C4B\u6839\u306E\u4E0B2", "2-u9tlzr9756bt3uc0v" },
        { "Maji\u3067Koi\u3059\u308B5\u79D2\u524D", "MajiKoi5-783gue6qz075azm5e" },
        { "\u30D1\u30D5\u30A3\u30FCde\u30EB\u30F3\u30D0", "de-jg4avhby1noc0d" },
        { "\u305D\u306E\u30B9\u30D4\u30FC\u30C9\u3067", "d9juau41awczczp" },
        { "-> $1.00 <-", "-> $1.00 <--" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_of_the_RFC_encodes_as_printed(string text, string encoded) =>
        Assert.Equal(encoded, Labels.Encode(Labels.CodePoints(text)));

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_of_the_RFC_decodes_as_printed(string text, string encoded) =>
        Assert.Equal(Labels.CodePoints(text), Labels.Decode(encoded));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("-")]
    [InlineData("a-b")]
    public void ASCII_is_copied_and_closed_by_a_hyphen(string text) =>
        Assert.Equal(text.Length == 0 ? "" : text + "-", Labels.Encode(Labels.CodePoints(text)));

    [Theory]
    [InlineData("mnchen-3y!")]
    [InlineData("mnchen-3y.")]
    [InlineData("mnchen-3y ")]
    public void A_character_that_is_no_digit_is_not_decoded(string input) => Assert.Null(Labels.Decode(input));

    [Fact]
    public void An_upper_case_digit_is_not_decoded() => Assert.Null(Labels.Decode("mnchen-3yA"));

    [Fact]
    public void A_character_outside_ASCII_is_not_decoded_as_a_digit() => Assert.Null(Labels.Decode("mnchen-3\u00FFa"));

    [Fact]
    public void A_character_outside_ASCII_is_not_decoded_as_itself() => Assert.Null(Labels.Decode("m\u00FCnchen-3ya"));

    [Theory]
    [InlineData("mnchen-3y")]
    [InlineData("mnchen-3")]
    [InlineData("z")]
    public void A_number_that_is_cut_off_is_not_decoded(string input) => Assert.Null(Labels.Decode(input));

    [Theory]
    [InlineData("99999999")]
    [InlineData("99999999999999999999999999999999")]
    [InlineData("a-99999b9999999999999999999999")]
    public void A_number_that_overflows_is_not_decoded(string input) => Assert.Null(Labels.Decode(input));

    [Theory]
    [InlineData(0x1_0000_00FC)]
    [InlineData(0x2_0000_00FC)]
    public void A_number_that_would_wrap_to_a_code_point_is_not_decoded(long codePoint) =>
        Assert.Null(Labels.Decode(EncodeAlone(codePoint)));

    [Theory]
    [InlineData("-")]
    [InlineData("-tda")]
    public void A_hyphen_with_nothing_before_it_is_not_decoded(string input) => Assert.Null(Labels.Decode(input));

    [Theory]
    [InlineData(0xD7FF, true)]
    [InlineData(0xD800, false)]
    [InlineData(0xDFFF, false)]
    [InlineData(0xE000, true)]
    [InlineData(0x10FFFF, true)]
    [InlineData(0x110000, false)]
    [InlineData(0x7FFFFFFF, false)]
    public void Only_a_scalar_value_is_decoded(int codePoint, bool isScalar) =>
        Assert.Equal(isScalar, Labels.Decode(EncodeAlone(codePoint)) is not null);

    [Theory]
    [InlineData(-1)]
    [InlineData(0xD800)]
    [InlineData(0xDFFF)]
    [InlineData(0x110000)]
    public void What_is_no_scalar_value_is_not_encoded(int codePoint) =>
        Assert.Null(Labels.Encode('a', codePoint));

    [Theory]
    [InlineData(4000, 0x10FFFF)]
    [InlineData(1999, 0x80 + (int.MaxValue / 2000))]
    public void A_delta_that_overflows_is_not_encoded(int length, int codePoint) =>
        Assert.Null(Labels.Encode([.. Enumerable.Repeat((int)'a', length), codePoint]));

    [Fact]
    public void A_destination_of_the_exact_length_is_enough_to_encode() =>
        Assert.True(Punycode.TryEncode(Labels.CodePoints("b\u00FCcher"), new char[9], out _));

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    public void A_destination_too_short_to_encode_is_refused(int length)
    {
        Assert.False(Punycode.TryEncode(Labels.CodePoints("b\u00FCcher"), new char[length], out var written));
        Assert.Equal(0, written);
    }

    [Fact]
    public void A_destination_of_the_exact_length_is_enough_to_decode() =>
        Assert.True(Punycode.TryDecode("bcher-kva", new int[6], out _));

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_destination_too_short_to_decode_is_refused(int length)
    {
        Assert.False(Punycode.TryDecode("bcher-kva", new int[length], out var written));
        Assert.Equal(0, written);
    }

    [Fact]
    public void What_is_encoded_decodes_to_itself() =>
        Scalar.Array[0, 30].Sample(codePoints =>
            Labels.Decode(Labels.Encode(codePoints)!)!.SequenceEqual(codePoints));

    [Fact]
    public void What_is_decoded_encodes_to_itself()
    {
        var decoded = 0;
        Gen.Char["abckyz0179-A"].Array[0, 12].Sample(
            characters =>
            {
                var input = new string(characters);
                var codePoints = Labels.Decode(input);
                Interlocked.Add(ref decoded, codePoints is null ? 0 : 1);
                return codePoints is null || Labels.Encode(codePoints) == input;
            },
            iter: 100_000);
        Assert.True(decoded > 1000);
    }

    [Fact]
    public void What_is_decoded_after_the_last_hyphen_is_never_ASCII() =>
        Gen.Char["abckyz0179"].Array[1, 12].Sample(
            characters =>
            {
                var codePoints = Labels.Decode(new string(characters));
                return codePoints is null || codePoints.All(codePoint => codePoint >= 0x80 && Rune.IsValid(codePoint));
            },
            iter: 100_000);

    /// <summary>Spells a text of one code point, or of one number that is none (RFC 3492, section 6.3).</summary>
    private static string EncodeAlone(long codePoint)
    {
        const string Digits = "abcdefghijklmnopqrstuvwxyz0123456789";
        var encoded = new StringBuilder();
        var number = codePoint - 0x80;
        for (var weight = 36; ; weight += 36)
        {
            var threshold = Math.Clamp(weight - 72, 1, 26);
            if (number < threshold)
            {
                return encoded.Append(Digits[(int)number]).ToString();
            }

            encoded.Append(Digits[threshold + (int)((number - threshold) % (36 - threshold))]);
            number = (number - threshold) / (36 - threshold);
        }
    }
}
