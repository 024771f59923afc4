using System.Buffers.Binary;
using RelayPolicy.Iis;

namespace RelayPolicy.Migration;

/// <summary>Reads one binary list by its pointers alone. See <see cref="IpSecurityList"/> for the layout.</summary>
internal sealed class IpSecurityDecoder(byte[] bytes)
{
    private static readonly string[] PartNames = ["deny address list", "grant address list", "deny name list", "grant name list"];

    private readonly ByteClaims _claims = new(bytes.Length);
    private readonly ListEntries _entries = new();
    private string _problem = "";
    private long _firstItems = long.MaxValue;
    private bool _isCutOff;

    public IpSecurityReading Decode()
    {
        bool isRead = TryReadHeader(out int[] lists)
            & TryReadAddressList(lists, 0, out List<AddressGroup> denied)
            & TryReadAddressList(lists, 1, out List<AddressGroup> granted)
            & TryReadNameList(lists, 2)
            & TryReadNameList(lists, 3);
        return isRead && TryAddEntries(denied, granted)
            ? _entries.ToReading(granted.Count > 0 ? IisListMode.OnlyTheList : IisListMode.AllExceptTheList)
            : IpSecurityReading.Refused(_problem);
    }

    private bool TryReadHeader(out int[] lists)
    {
        lists = [];
        if (bytes is [1, 2, ..]) return Refuse("the value begins with 0102, which is another layout and not known");
        if (!_claims.TryTake(0, IpSecurityList.HeaderLength)) return Refuse($"the value is shorter than its header of {IpSecurityList.HeaderLength} bytes");
        if (NumberAt(16) != IpSecurityList.Marker) return Refuse("the number at offset 16 is not 1, as it is in every list that was ever seen");
        var offsets = new int[PartNames.Length];
        for (int i = 0; i < offsets.Length; i++)
        {
            if (!TryReadPointer(4 * i, PartNames[i], out offsets[i])) return false;
            if (i > 0 && offsets[i] <= offsets[i - 1]) return Refuse($"the {PartNames[i]} does not stand behind the {PartNames[i - 1]}");
        }

        lists = offsets;
        return true;
    }

    private bool TryReadAddressList(int[] lists, int index, out List<AddressGroup> groups)
    {
        groups = [];
        if (lists.Length == 0) return false;
        string part = PartNames[index];
        int offset = lists[index];
        if (!_claims.TryTake(offset, IpSecurityList.ListHeaderLength)) return Refuse($"the {part} overlaps another part or runs past the end");
        uint count = NumberAt(offset);
        uint total = NumberAt(offset + 4);
        int first = offset + IpSecurityList.ListHeaderLength;
        if (!_claims.TryTake(first, count * (long)IpSecurityList.GroupLength)) return Refuse($"the {part} says that it has {count} groups, for which there is no room");
        ulong sum = 0;
        for (int i = 0; i < count; i++)
        {
            int group = first + (i * IpSecurityList.GroupLength);
            if (!TryReadGroup(group, part, out AddressGroup read)) return false;
            sum += NumberAt(group + 4) - 1;
            groups.Add(read);
        }

        return sum == total || Refuse($"the {part} says that it has {total} addresses, but its groups have {sum}");
    }

    private bool TryReadGroup(int offset, string part, out AddressGroup group)
    {
        group = default;
        uint family = NumberAt(offset);
        uint items = NumberAt(offset + 4);
        if (family != IpSecurityList.IPv4Family) return Refuse($"a group of the {part} is of the address family {family}; only IPv4, which is 2, is known");
        if (NumberAt(offset + 8) != IpSecurityList.ItemLength || NumberAt(offset + 12) != 0) return Refuse($"a group of the {part} is laid out in a way that is not known");
        if (items == 0) return Refuse($"a group of the {part} has no mask");
        if (!TryReadPointer(offset + 16, "items of the " + part, out int start)) return false;
        long present = Math.Min(items, (bytes.Length - start) / IpSecurityList.ItemLength);
        if (present == 0 || !_claims.TryTake(start, present * IpSecurityList.ItemLength)) return Refuse($"the items of the {part} overlap another part or run past the end");
        if (present < items) NoteCutOff(part, items - 1, present - 1);
        _firstItems = Math.Min(_firstItems, start);
        var addresses = new uint[present - 1];
        for (int i = 0; i < addresses.Length; i++) addresses[i] = AddressAt(start + ((i + 1) * IpSecurityList.ItemLength));
        group = new AddressGroup(AddressAt(start), addresses);
        return true;
    }

    private bool TryReadNameList(int[] lists, int index)
    {
        if (lists.Length == 0) return false;
        int offset = lists[index];
        if (!_claims.TryTake(offset, IpSecurityList.ListHeaderLength)) return Refuse($"the {PartNames[index]} overlaps another part or runs past the end");
        return (NumberAt(offset) == 0 && NumberAt(offset + 4) == 0)
            || Refuse($"the {PartNames[index]} is not empty, and how names are stored is not known; the export script reads them");
    }

    private bool TryAddEntries(List<AddressGroup> denied, List<AddressGroup> granted)
    {
        if (denied.Count > 0 && granted.Count > 0) return Refuse("both the deny list and the grant list hold groups, so the mode of the list is not known");
        if (denied.Count == 0 && granted.Count == 0) return Refuse("neither the deny list nor the grant list holds a group, so the mode of the list is not known");
        if (_claims.HaveGap) return Refuse("there are bytes between the parts of the list that belong to none of them");
        if (denied.Count > 0)
        {
            // What is missing in a list of exceptions would be let in.
            if (_isCutOff || !_claims.AreComplete) return Refuse("the deny list and the end of the value do not fit together");
            Infer("a deny group is taken for \"All except the list below\", which no stored list proves");
        }
        else if (!_claims.AreComplete)
        {
            Infer("behind the list there are bytes that belong to no part of it; they are left out");
        }

        List<AddressGroup> groups = denied.Count > 0 ? denied : granted;
        if (NumberAt(20) != _firstItems) Infer("the number at offset 20 is not the offset of the first data byte; the list is read by its pointers alone");
        if (groups.Count > 1) Infer("several groups are taken for one group of each mask, which no stored list proves");
        foreach (AddressGroup group in groups)
        {
            foreach (uint address in group.Addresses)
            {
                if (!_entries.TryAddAddress(address, group.Mask, out string problem)) return Refuse(problem);
            }
        }

        return true;
    }

    private bool TryReadPointer(int offset, string part, out int target)
    {
        uint pointer = NumberAt(offset);
        target = (int)(pointer & ~IpSecurityList.PointerMark);
        if (pointer < IpSecurityList.PointerMark) return Refuse($"there is no pointer to the {part}");
        return (target >= IpSecurityList.HeaderLength && target < bytes.Length) || Refuse($"the pointer to the {part} leads out of the value");
    }

    private void NoteCutOff(string part, long said, long present)
    {
        _isCutOff = true;
        Infer($"the {part} says that a group has {said} addresses, but the value ends after {present}; these are taken");
    }

    private void Infer(string text) => _entries.Note(IisCertainty.Inferred, text);

    private bool Refuse(string problem)
    {
        if (_problem.Length == 0) _problem = problem;
        return false;
    }

    private uint NumberAt(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset));

    private uint AddressAt(int offset) => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(offset));
}
