using System.Buffers.Binary;
using RelayPolicy.Iis;

namespace RelayPolicy.Migration;

/// <summary>Writes a binary list. See <see cref="IpSecurityList"/> for the layout.</summary>
internal static class IpSecurityEncoder
{
    private static readonly AddressGroup Nobody = new(uint.MaxValue, [0]);

    public static byte[] Encode(IisAccessList list)
    {
        bool onlyTheList = list.Mode == IisListMode.OnlyTheList;
        if (list.Entries.Count == 0 && !onlyTheList) return [];
        AddressGroup[] groups = list.Entries.Count == 0 ? [Nobody] : [.. GroupsOf(list.Entries)];
        int groupsLength = groups.Length * IpSecurityList.GroupLength;
        int deny = IpSecurityList.HeaderLength;
        int grant = deny + IpSecurityList.ListHeaderLength + (onlyTheList ? 0 : groupsLength);
        int denyNames = grant + IpSecurityList.ListHeaderLength + (onlyTheList ? groupsLength : 0);
        int grantNames = denyNames + IpSecurityList.ListHeaderLength;
        int data = grantNames + IpSecurityList.ListHeaderLength;

        var bytes = new byte[data + groups.Sum(LengthOfItems)];
        uint[] header = [Pointer(deny), Pointer(grant), Pointer(denyNames), Pointer(grantNames), IpSecurityList.Marker, (uint)data];
        WriteNumbers(bytes, header);
        WriteGroups(bytes, onlyTheList ? grant : deny, groups, data);
        return bytes;
    }

    private static IEnumerable<AddressGroup> GroupsOf(IReadOnlyList<IisListEntry> entries) => entries
        .GroupBy(entry => entry.Network.Length)
        .Select(group => new AddressGroup((uint)~IPPrefix.HostMask(32, group.Key), [.. group.Select(entry => (uint)entry.Network.First)]));

    private static void WriteGroups(byte[] bytes, int list, AddressGroup[] groups, int data)
    {
        WriteNumbers(bytes.AsSpan(list), (uint)groups.Length, (uint)groups.Sum(group => group.Addresses.Length));
        int place = list + IpSecurityList.ListHeaderLength;
        foreach (AddressGroup group in groups)
        {
            WriteNumbers(bytes.AsSpan(place), IpSecurityList.IPv4Family, 1 + (uint)group.Addresses.Length, IpSecurityList.ItemLength, 0, Pointer(data));
            place += IpSecurityList.GroupLength;
            foreach (uint item in group.Addresses.Prepend(group.Mask))
            {
                BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(data), item);
                data += IpSecurityList.ItemLength;
            }
        }
    }

    private static void WriteNumbers(Span<byte> bytes, params ReadOnlySpan<uint> numbers)
    {
        for (int i = 0; i < numbers.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(bytes[(4 * i)..], numbers[i]);
    }

    private static int LengthOfItems(AddressGroup group) => (1 + group.Addresses.Length) * IpSecurityList.ItemLength;

    private static uint Pointer(int offset) => IpSecurityList.PointerMark | (uint)offset;
}
