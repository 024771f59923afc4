using System.Net;

namespace RelayPolicy;

/// <summary>
/// The notations of a network and the diagnosis of everything that is none of them. IPNetwork2 does the arithmetic of
/// masks, and only ever sees addresses that were read strictly here. (Ranges are split here: IPNetwork2 does not come to
/// an end with a large range of IPv6.)
/// </summary>
internal static class NetworkNotation
{
    private const string Examples = "write an address such as 192.0.2.7 or 2001:db8::5, or a network such as 192.0.2.0/24";

    /// <summary>A block of addresses of one family, both ends included.</summary>
    public readonly record struct Block(bool IsIPv4, UInt128 First, UInt128 Last);

    public readonly record struct Fault(string Problem, string Mend)
    {
        public EntryError At(int index, string? entry) => new(index, Printable.Escape(entry), Problem, Mend);
    }

    private readonly record struct Address(bool IsIPv4, UInt128 Bits)
    {
        public int Width => IsIPv4 ? 32 : 128;

        public override string ToString() => IPAddressText.FromBits(IsIPv4, Bits).ToString();
    }

    /// <summary>Reads a network, a single address or a range <c>192.0.2.10-192.0.2.20</c>.</summary>
    public static bool TryParseBlock(ReadOnlySpan<char> text, out Block block, out Fault fault)
    {
        block = default;
        if (text.Contains('-') && IsPlain(text, out fault)) return TryParseRange(text, out block, out fault);
        if (!TryParsePrefix(text, out IPPrefix prefix, out fault)) return false;
        block = new Block(prefix.IsIPv4, prefix.First, prefix.Last);
        return true;
    }

    /// <summary>Reads a network or a single address.</summary>
    public static bool TryParsePrefix(ReadOnlySpan<char> text, out IPPrefix prefix, out Fault fault)
    {
        prefix = default;
        if (!IsPlain(text, out fault)) return false;
        if (text.Contains('-'))
        {
            fault = new("a range is not one network", "give it to a list of networks, or write it in prefix notation");
            return false;
        }

        int split = text.IndexOfAny('/', ' ');
        if (!TryParseAddress(split < 0 ? text : text[..split], out Address address, out fault)) return false;
        int length = address.Width;
        if (split >= 0 && !TryParseLength(text[(split + 1)..], isMask: text[split] == ' ', address, out length, out fault)) return false;
        return TryCreate(address, length, out prefix, out fault);
    }

    /// <summary>Whether an IPv4 address is a mask, a wildcard mask, or meant as one.</summary>
    public static bool SeemsMask(ReadOnlySpan<char> text) => IPAddressText.TryParseIPv4(text, out uint bits)
        && (bits >> 24 == byte.MaxValue || IsMask(bits) || IsMask(~bits));

    /// <summary>The shortest list of networks that covers exactly the block.</summary>
    public static IEnumerable<IPPrefix> ToPrefixes(Block block)
    {
        int width = block.IsIPv4 ? 32 : 128;
        UInt128 first = block.First;
        while (true)
        {
            // The largest network that begins here, made smaller until it ends within the block.
            int length = width - Math.Min(width, (int)UInt128.TrailingZeroCount(first));
            while ((first | IPPrefix.HostMask(width, length)) > block.Last) length++;
            var prefix = new IPPrefix(block.IsIPv4, first, length);
            yield return prefix;
            if (prefix.Last == block.Last) yield break;
            first = prefix.Last + 1;
        }
    }

    private static bool IsPlain(ReadOnlySpan<char> text, out Fault fault)
    {
        fault = default;
        if (text.IsWhiteSpace()) fault = new("it is empty", Examples + ", or remove the entry");
        else if (text.Trim().Length != text.Length) fault = new("there is white space around it", "remove the white space");
        else if (text.IndexOfAny('[', ']') >= 0) fault = new("brackets and ports do not belong to a network", "write the address alone, such as 2001:db8::5");
        else if (text.Contains('%')) fault = new("a scope id does not belong to a network", "remove the '%' and what follows it");
        return fault == default;
    }

    private static bool TryParseRange(ReadOnlySpan<char> text, out Block block, out Fault fault)
    {
        block = default;
        int dash = text.IndexOf('-');
        if (!TryParseAddress(text[..dash], out Address first, out fault) || !TryParseAddress(text[(dash + 1)..], out Address last, out fault))
        {
            fault = fault with { Mend = $"{fault.Mend}; a range is written 192.0.2.10-192.0.2.20" };
            return false;
        }

        if (first.IsIPv4 != last.IsIPv4) fault = new("the range begins in one address family and ends in the other", "write one range for each family");
        else if (first.Bits > last.Bits) fault = new("the range ends before it begins", $"write {last}-{first}");
        else if (!first.IsIPv4 && RunsAcrossMapped(first.Bits, last.Bits))
        {
            fault = new("the range runs across the IPv4-mapped addresses", "write one range on each side of ::ffff:0:0/96");
        }

        if (fault != default) return false;
        block = new Block(first.IsIPv4, first.Bits, last.Bits);
        return true;
    }

    // Such a range may be made of networks that begin among the mapped addresses, which nobody could read back. The whole
    // family is left to the error about whole families.
    private static bool RunsAcrossMapped(UInt128 first, UInt128 last) =>
        first < AddressKey.Mapped.First && last > AddressKey.Mapped.First && !(first == 0 && last == UInt128.MaxValue);

    private static bool TryCreate(Address address, int length, out IPPrefix prefix, out Fault fault)
    {
        fault = default;
        prefix = default;
        UInt128 hostBits = address.Bits & IPPrefix.HostMask(address.Width, length);
        if (hostBits != 0)
        {
            var network = new IPPrefix(address.IsIPv4, address.Bits & ~hostBits, length);
            fault = new("host bits are set", $"write {network} for the network, or {address} for the one address");
            return false;
        }

        prefix = new IPPrefix(address.IsIPv4, address.Bits, length);
        return true;
    }

    private static bool TryParseLength(ReadOnlySpan<char> text, bool isMask, Address address, out int length, out Fault fault)
    {
        length = 0;
        if (isMask || text.Contains('.')) return TryParseMask(text, address, out length, out fault);
        fault = default;
        bool digits = text.Length is > 0 and <= 3 && !text.ContainsAnyExceptInRange('0', '9');
        if (!digits) fault = new("what follows the slash is no prefix length", $"write a number from 0 to {address.Width}");
        else if (text.Length > 1 && text[0] == '0') fault = new("the prefix length has a leading zero", $"write /{int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)}");
        else if ((length = int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)) > address.Width)
        {
            fault = new("the prefix length is out of range", $"write a number from 0 to {address.Width}");
        }

        return fault == default;
    }

    private static bool TryParseMask(ReadOnlySpan<char> text, Address address, out int length, out Fault fault)
    {
        length = 0;
        if (!address.IsIPv4)
        {
            fault = new("a mask belongs to IPv4 only", "write a prefix length such as 2001:db8::/32");
            return false;
        }

        if (!IPAddressText.TryParseIPv4(text, out uint bits))
        {
            fault = new("the mask is not an address", "write a mask such as 192.0.2.0/255.255.255.0, or a prefix length such as /24");
            return false;
        }

        if (!IsMask(bits) || !IPNetwork2.TryToCidr(IPAddressText.FromBits(isIPv4: true, bits), out byte cidr))
        {
            fault = IsMask(~bits)
                ? new("that is a wildcard mask, not a network mask", $"write {IPAddressText.FromBits(true, ~bits)}")
                : new("the mask is not contiguous", "write a mask whose ones come first, such as 255.255.255.0");
            return false;
        }

        length = cidr;
        fault = default;
        return true;
    }

    private static bool IsMask(uint bits) => IPNetwork2.ValidNetmask(IPAddressText.FromBits(isIPv4: true, bits));

    private static bool TryParseAddress(ReadOnlySpan<char> text, out Address address, out Fault fault)
    {
        fault = default;
        address = default;
        if (IPAddressText.TryParseIPv4(text, out uint ipv4))
        {
            address = new Address(IsIPv4: true, ipv4);
            return true;
        }

        if (!IPAddressText.TryParseIPv6(text, out UInt128 ipv6))
        {
            fault = Diagnose(text.ToString());
            return false;
        }

        if (AddressKey.IsMapped(ipv6))
        {
            fault = new("it is an IPv4-mapped address", $"write it as IPv4, {new Address(IsIPv4: true, (uint)ipv6)}, with a prefix length less 96 if there is one");
            return false;
        }

        address = new Address(IsIPv4: false, ipv6);
        return true;
    }

    private static Fault Diagnose(string text)
    {
        string[] parts = text.Split('.');
        bool numeric = parts.All(part => part.Length > 0 && part.All(char.IsAsciiDigit));
        if (text.Contains('/') || text.Contains(' ')) return new("there is more than one length or mask", Examples);
        if (text.Length == 0) return new("an address is missing", Examples);
        if (text.Contains("0x", StringComparison.OrdinalIgnoreCase)) return new("hexadecimal forms are not read", "write four decimal numbers such as 192.0.2.7");
        if (numeric && parts.Length < 4) return new("it is a short form", "write all four numbers, such as 10.0.0.0/8");
        if (numeric && parts.Length == 4 && parts.Any(part => part.Length > 1 && part[0] == '0'))
        {
            return new("a number has a leading zero, which some programs read as octal", "write the numbers without leading zeros");
        }

        if (numeric) return new("it is not an IPv4 address", "write four numbers from 0 to 255");
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0 && IPAddressText.TryParseIPv4(text.AsSpan(0, colon), out _)) return new("a port does not belong to a network", $"write {text[..colon]}");
        return new("it is not an IP address", Examples);
    }
}
