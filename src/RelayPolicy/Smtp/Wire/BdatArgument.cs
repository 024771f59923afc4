using System.Text;

namespace RelayPolicy.Smtp.Wire;

/// <summary>
/// The argument of BDAT.
/// <code>
/// bdat-cmd   = "BDAT" SP chunk-size [ SP end-marker ] CR LF    ; RFC 3030 §2
/// chunk-size = 1*DIGIT
/// end-marker = "LAST"
/// </code>
/// </summary>
internal readonly record struct BdatArgument(long Octets, bool IsLast)
{
    private const int MaxDigits = 18; // fits a long

    public static bool TryParse(ReadOnlySpan<byte> argument, out BdatArgument chunk)
    {
        chunk = default;
        int space = argument.IndexOf((byte)' ');
        ReadOnlySpan<byte> digits = space < 0 ? argument : argument[..space];
        bool isLast = space >= 0 && Ascii.EqualsIgnoreCase(argument[space..].TrimStart((byte)' '), "LAST"u8);
        if (digits.Length is 0 or > MaxDigits || (space >= 0 && !isLast)) return false;
        long octets = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9') return false;
            octets = (octets * 10) + (digit - '0');
        }

        chunk = new BdatArgument(octets, isLast);
        return true;
    }
}
