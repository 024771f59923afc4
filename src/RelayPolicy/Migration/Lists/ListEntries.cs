using System.Numerics;
using RelayPolicy.Iis;

namespace RelayPolicy.Migration;

/// <summary>Collects the entries of a list, given as addresses and masks, and what had to be mended.</summary>
internal sealed class ListEntries
{
    private readonly List<IisListEntry> _entries = [];
    private readonly List<IpSecurityRemark> _remarks = [];

    /// <summary>Remarks on something else than an entry.</summary>
    public void Note(IisCertainty certainty, string text) => _remarks.Add(new IpSecurityRemark(certainty, text));

    /// <summary>Adds a domain name.</summary>
    public bool TryAddDomain(string name, out string problem)
    {
        bool isName = IisListEntry.TryCreate(IisEntryKind.Domain, name, out IisListEntry? entry, out EntryError error);
        problem = isName ? "" : error.ToString();
        if (isName) _entries.Add(entry!);
        return isName;
    }

    /// <summary>Adds an IPv4 address with its mask, in host order.</summary>
    public bool TryAddAddress(uint address, uint mask, out string problem)
    {
        uint hosts = ~mask;
        bool isContiguous = (hosts & (hosts + 1)) == 0;
        problem = isContiguous ? "" : $"the mask {Print(mask)} is not contiguous";
        if (!isContiguous) return false;
        if (address == 0 && mask == uint.MaxValue)
        {
            Note(IisCertainty.Seen, "0.0.0.0 stands for nobody");
            return true;
        }

        var network = new IPPrefix(isIPv4: true, address & mask, BitOperations.PopCount(mask));
        if ((address & hosts) != 0) Note(IisCertainty.Inferred, $"{Print(address)} with the mask {Print(mask)} has host bits set; {network} is taken");
        _entries.Add(hosts == 0 ? IisListEntry.Computer(network.ToString()) : IisListEntry.Group(network.ToString()));
        return true;
    }

    /// <summary>The list, unless it comes to cover everybody.</summary>
    public IpSecurityReading ToReading(IisListMode mode)
    {
        try
        {
            return new IpSecurityReading(new IisAccessList(mode, _entries), "", _remarks);
        }
        catch (EntryListException exception)
        {
            return IpSecurityReading.Refused(exception.Errors[0].Problem);
        }
    }

    private static string Print(uint address) => IPAddressText.FromBits(isIPv4: true, address).ToString();
}
