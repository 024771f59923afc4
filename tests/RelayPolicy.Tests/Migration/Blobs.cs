using System.Net;
using RelayPolicy.Iis;
using RelayPolicy.Migration;

namespace RelayPolicy.Tests;

/// <summary>Binary lists for the tests, written out number by number and drawn at random.</summary>
internal static class Blobs
{
    /// <summary>"Only the list below: 127.0.0.1", as real servers store it.</summary>
    public const string OnlyLoopback = "18000080200000803c00008044000080010000004c00000000000000000000000100000001000000020000000200000004000000000000004c00008000000000000000000000000000000000ffffffff7f000001";

    /// <summary>The same with one more address: both counts are raised by one.</summary>
    public const string OnlyTwo = "18000080200000803c00008044000080010000004c00000000000000000000000100000002000000020000000300000004000000000000004c00008000000000000000000000000000000000ffffffff7f000001c0000207";

    /// <summary>"All except the list below: 192.0.2.0/24".</summary>
    public const string AllExceptGroup = "18000080340000803c00008044000080010000004c0000000100000001000000020000000200000004000000000000004c000080000000000000000000000000000000000000000000000000ffffff00c0000200";

    private static readonly Gen<IisListEntry> Entry = Gen.Select(Gen.UInt, Gen.Frequency((3, Gen.Const(32)), (2, Gen.Int[8, 31])), (bits, length) =>
    {
        var network = IPAddress.Parse((bits & (uint)(ulong.MaxValue << (32 - length))).ToString(System.Globalization.CultureInfo.InvariantCulture));
        return length == 32 ? IisListEntry.Computer(network.ToString()) : IisListEntry.Group($"{network}/{length}");
    }).Where(entry => entry.ToString() != "0.0.0.0");

    public static readonly Gen<IisAccessList> Lists = Gen.Select(
        Gen.OneOfConst(IisListMode.OnlyTheList, IisListMode.AllExceptTheList), Entry.Array[0, 8], (mode, entries) => new IisAccessList(mode, entries));

    public static byte[] Bytes(string hex) => Convert.FromHexString(hex);

    /// <summary>The bytes with one number, little-endian, written over them.</summary>
    public static byte[] With(string hex, int offset, uint number)
    {
        byte[] bytes = Bytes(hex);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(offset), number);
        return bytes;
    }

    /// <summary>Whether everybody whom the second list lets pass is let pass by the first.</summary>
    public static bool Grants(IisAccessList list, IpSecurityReading other) => other.List is not { } second || (list.Mode, second.Mode) switch
    {
        (IisListMode.OnlyTheList, IisListMode.OnlyTheList) => list.Networks.Covers(second.Networks),
        (IisListMode.AllExceptTheList, IisListMode.AllExceptTheList) => second.Networks.Covers(list.Networks),
        (IisListMode.AllExceptTheList, IisListMode.OnlyTheList) => !list.Networks.Overlaps(second.Networks),
        _ => false,
    };

    /// <summary>Where the data of a list begins: what stands before it are numbers and pointers.</summary>
    public static int StructureLength(byte[] bytes) => BitConverter.ToInt32(bytes, 20);
}
