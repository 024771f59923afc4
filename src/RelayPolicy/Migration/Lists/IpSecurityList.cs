using RelayPolicy.Iis;

namespace RelayPolicy.Migration;

/// <summary>
/// The binary form in which IIS SMTP stores its lists of clients, the properties <c>RelayIpList</c> and <c>IPSecurity</c>. Nothing about
/// it is documented but the empty value; what is known comes from stored lists, and everything that they do not show is refused.
/// </summary>
/// <remarks>
/// <code>
/// all numbers are little-endian DWORDs; a pointer is 0x80000000 + offset; addresses and masks are in network order
///  0, 4   pointers to the address lists: deny, grant
///  8, 12  pointers to the name lists: deny, grant
///  16     1
///  20     offset of the first data byte
///  24     the four lists, in that order; then the data
/// list     = groups total *group                     ; 8 zero bytes when it is empty
/// group    = family items size 0 pointer             ; 2 (IPv4), 1 + the number of addresses, 4 (bytes), 0, to the items
/// items    = mask *address
/// </code>
/// </remarks>
public static class IpSecurityList
{
    /// <summary>The longest list that is read, in bytes: about 260,000 addresses.</summary>
    public const int MaxLength = 1 << 20;

    internal const int HeaderLength = 24;
    internal const int ListHeaderLength = 8;
    internal const int GroupLength = 20;
    internal const int ItemLength = 4;
    internal const uint PointerMark = 0x8000_0000;
    internal const uint IPv4Family = 2;
    internal const uint Marker = 1;

    /// <summary>Reads a list. Never throws, whatever the bytes are.</summary>
    /// <param name="bytes">The stored value. No bytes at all are "All except the list below" with nothing below.</param>
    public static IpSecurityReading Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return new IpSecurityReading(new IisAccessList(IisListMode.AllExceptTheList), "", []);
        return bytes.Length > MaxLength
            ? IpSecurityReading.Refused($"the list is longer than {MaxLength} bytes")
            : new IpSecurityDecoder(bytes.ToArray()).Decode();
    }

    /// <summary>Reads a list from text: hexadecimal digits, decimal bytes such as <c>24,0,0,128</c>, or base64.</summary>
    /// <param name="text">The text. The empty text stands for no bytes; white space alone is an error.</param>
    public static IpSecurityReading Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0) return Decode([]);
        IpSecurityReading[] readings = [.. BinaryText.Readings(text).Select(bytes => Decode(bytes))];
        IpSecurityReading[] lists = [.. readings.Where(reading => reading.List is not null)];
        if (lists.Length == 1) return lists[0];
        if (lists.Length > 1) return IpSecurityReading.Refused("the text can be read in several ways that are lists");
        return readings.FirstOrDefault() ?? IpSecurityReading.Refused("the value is neither hexadecimal, nor a list of decimal bytes, nor base64");
    }

    /// <summary>Writes a list, one group for each mask in the order in which the masks come up. "Only the list below" with nothing
    /// below becomes the address 0.0.0.0, as on real servers; "All except the list below" with nothing below becomes no bytes.</summary>
    /// <exception cref="ArgumentException">The list holds a domain or an IPv6 address, for which no layout is known.</exception>
    public static byte[] Encode(IisAccessList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        if (list.Entries.Any(entry => entry.Kind == IisEntryKind.Domain || !entry.Network.IsIPv4))
        {
            throw new ArgumentException("Only IPv4 computers and groups can be written: the layout of domains and of IPv6 is not known.", nameof(list));
        }

        return IpSecurityEncoder.Encode(list);
    }
}
