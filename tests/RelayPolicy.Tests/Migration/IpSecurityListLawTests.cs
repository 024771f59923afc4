using RelayPolicy.Iis;
using RelayPolicy.Migration;

namespace RelayPolicy.Tests;

/// <summary>What holds for every binary list, whole or damaged.</summary>
public sealed class IpSecurityListLawTests
{
    private static readonly Gen<byte[]> Values = Blobs.Lists.Select(IpSecurityList.Encode);

    [Fact]
    public void A_list_that_is_written_is_read_back() => Blobs.Lists.Sample(
        list =>
        {
            IpSecurityReading reading = IpSecurityList.Decode(IpSecurityList.Encode(list));
            Assert.Equal(list.Mode, reading.List!.Mode);
            Assert.Equal(list.Entries.GroupBy(entry => entry.Network.Length).SelectMany(group => group), reading.List.Entries);
        },
        iter: 2000);

    [Fact]
    public void A_value_that_is_read_is_written_back() => Values.Sample(bytes => Assert.Equal(bytes, IpSecurityList.Encode(IpSecurityList.Decode(bytes).List!)), iter: 2000);

    [Fact]
    public void A_list_means_the_same_as_text_of_every_kind() => Values.Where(bytes => bytes.Length > 0).Sample(
        bytes =>
        {
            IisAccessList list = IpSecurityList.Decode(bytes).List!;
            Assert.Equal(list, IpSecurityList.Parse(Convert.ToHexString(bytes)).List);
            Assert.Equal(list, IpSecurityList.Parse(string.Join(',', bytes)).List);
            Assert.Equal(list, IpSecurityList.Parse(Convert.ToBase64String(bytes)).List);
        },
        iter: 500);

    // No byte at all is another value, with a documented meaning of its own.
    [Fact]
    public void A_value_that_is_cut_off_grants_nothing_new() => Values.Sample(
        bytes =>
        {
            IisAccessList whole = IpSecurityList.Decode(bytes).List!;
            for (int length = 1; length < bytes.Length; length++) AssertGrantsNothingNew(whole, bytes[..length]);
        },
        iter: 300);

    [Fact]
    public void A_flipped_bit_in_the_structure_grants_nothing_new() => Values.Where(bytes => bytes.Length > 0).Sample(
        bytes =>
        {
            IisAccessList whole = IpSecurityList.Decode(bytes).List!;
            for (int bit = 0; bit < 8 * Blobs.StructureLength(bytes); bit++)
            {
                byte[] damaged = [.. bytes];
                damaged[bit / 8] ^= (byte)(1 << (bit % 8));
                AssertGrantsNothingNew(whole, damaged);
            }
        },
        iter: 100);

    [Fact]
    public void Numbers_of_the_structure_that_are_written_over_grant_nothing_new() =>
        Gen.Select(Values.Where(bytes => bytes.Length > 0), Gen.Select(Gen.Int[0, 40], Numbers).Array[1, 3]).Sample(
            (bytes, numbers) =>
            {
                byte[] damaged = [.. bytes];
                foreach ((int place, uint number) in numbers)
                {
                    int offset = 4 * (place % (Blobs.StructureLength(bytes) / 4));
                    BitConverter.TryWriteBytes(damaged.AsSpan(offset), number);
                }

                AssertGrantsNothingNew(IpSecurityList.Decode(bytes).List!, damaged);
            },
            iter: 20_000);

    // Nothing tells an address that was changed from one that was meant: the list is as long and of the same mode, but another.
    [Fact]
    public void A_flipped_bit_in_an_address_or_a_mask_makes_a_list_of_the_same_shape_or_none() => Values.Where(bytes => bytes.Length > 0).Sample(
        bytes =>
        {
            IisAccessList whole = IpSecurityList.Decode(bytes).List!;
            for (int bit = 8 * Blobs.StructureLength(bytes); bit < 8 * bytes.Length; bit++)
            {
                byte[] damaged = [.. bytes];
                damaged[bit / 8] ^= (byte)(1 << (bit % 8));
                if (IpSecurityList.Decode(damaged).List is not { } list) continue;
                Assert.Equal(whole.Mode, list.Mode);
                Assert.InRange(list.Entries.Count, 0, Math.Max(1, whole.Entries.Count));
            }
        },
        iter: 100);

    [Fact]
    public void Any_bytes_are_a_list_or_a_problem() => Gen.Select(Gen.Byte.Array[0, 120], Gen.Bool, (bytes, begin) => begin ? [.. Blobs.Bytes(Blobs.OnlyLoopback)[..24], .. bytes] : bytes).Sample(
        bytes =>
        {
            IpSecurityReading reading = IpSecurityList.Decode(bytes);
            Assert.Equal(reading.List is null, reading.Problem.Length > 0);
        },
        iter: 20_000);

    [Fact]
    public void The_longest_value_is_decided_at_once()
    {
        // As many groups as there is room for, all of which point to the same items.
        int groups = (IpSecurityList.MaxLength - 100) / 20;
        byte[] bytes = new byte[IpSecurityList.MaxLength];
        Blobs.Bytes(Blobs.OnlyLoopback)[..32].CopyTo(bytes, 0);
        BitConverter.TryWriteBytes(bytes.AsSpan(8), 0x80000000 | (uint)(40 + (20 * groups)));
        BitConverter.TryWriteBytes(bytes.AsSpan(12), 0x80000000 | (uint)(48 + (20 * groups)));
        BitConverter.TryWriteBytes(bytes.AsSpan(32), groups);
        for (int i = 0; i < groups; i++) Blobs.Bytes(Blobs.OnlyLoopback)[40..60].CopyTo(bytes, 40 + (20 * i));
        Assert.Contains("overlap", IpSecurityList.Decode(bytes).Problem);
    }

    private static readonly Gen<uint> Numbers = Gen.Frequency(
        (3, Gen.UInt[0, 8]), (3, Gen.UInt[0, 200].Select(offset => 0x80000000 | offset)), (1, Gen.OneOfConst(uint.MaxValue, 0x80000000u, 0x7fffffffu)), (1, Gen.UInt));

    private static void AssertGrantsNothingNew(IisAccessList whole, byte[] damaged)
    {
        IpSecurityReading reading = IpSecurityList.Decode(damaged);
        Assert.True(Blobs.Grants(whole, reading), $"{Convert.ToHexString(damaged)} grants {reading.List}, and not only {whole}");
    }
}
