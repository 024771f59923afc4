using System.Net;

namespace RelayPolicy.Benchmarks;

/// <summary>Addresses to look up in a table.</summary>
internal static class AddressQueries
{
    private const int ShortestSharedBits = 8;

    /// <summary><see cref="Queries.Count"/> addresses as numbers.</summary>
    public static UInt128[] Create(Prefix[] table, QueryKind kind)
    {
        var random = new Random(Queries.Seed);
        var queries = new UInt128[Queries.Count];
        var skew = new Zipf(table.Length, exponent: 1);
        SortedRanges<UInt128> covered = SortedRanges.Of<UInt128>(kind == QueryKind.Miss ? table : []);
        for (int i = 0; i < queries.Length; i++)
        {
            queries[i] = kind switch
            {
                QueryKind.Hit => Within(table[random.Next(table.Length)], random),
                QueryKind.Skewed => Within(table[skew.Next(random)], random),
                _ => Outside(table, covered, random),
            };
        }

        return queries;
    }

    /// <summary>The same as objects, in the order of the numbers.</summary>
    public static IPAddress[] ToAddresses(IPFamily family, UInt128[] queries) => [.. queries.Select(query => Prefix.ToAddress(family, query))];

    /// <summary>The same as bytes in network order, one behind the other without a gap.</summary>
    public static byte[] ToBytes(IPFamily family, UInt128[] queries) => [.. queries.SelectMany(query => Prefix.ToAddress(family, query).GetAddressBytes())];

    private static UInt128 Within(Prefix prefix, Random random) => prefix.First | (RandomBits(random) & (prefix.Last ^ prefix.First));

    /// <summary>
    /// A near miss: it shares a random number of leading bits with a random prefix. (Addresses from anywhere would be too easy:
    /// nearly all of IPv6 is empty.)
    /// </summary>
    private static UInt128 Outside(Prefix[] table, SortedRanges<UInt128> covered, Random random)
    {
        while (true)
        {
            Prefix near = table[random.Next(table.Length)];
            int shared = random.Next(ShortestSharedBits, Math.Max((int)near.Length, ShortestSharedBits + 1));
            UInt128 address = Within(new Prefix(near.Family, near.First, (byte)shared), random);
            if (!covered.Contains(address)) return address;
        }
    }

    private static UInt128 RandomBits(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
