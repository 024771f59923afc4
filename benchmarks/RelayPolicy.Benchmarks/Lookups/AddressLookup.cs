using System.Net;
using BenchmarkDotNet.Attributes;

namespace RelayPolicy.Benchmarks;

/// <summary>
/// What the lookups of addresses have in common: the table, the questions, and the loop that asks them all. The loop is the same
/// for the library and for every peer.
/// </summary>
[MemoryDiagnoser]
public abstract class AddressLookup
{
    // Always 0, but neither the compiler nor the processor knows.
    private readonly int _zero = Environment.GetEnvironmentVariable("RELAYPOLICY_BENCHMARK_NEVER_SET")?.Length ?? 0;

    private int _slowStart;

    /// <summary>The table asked.</summary>
    [ParamsSource(nameof(Tables))]
    public TableCase Table { get; set; } = TableCase.Full(IPFamily.IPv4);

    /// <summary>The questions asked.</summary>
    [ParamsAllValues]
    public QueryKind Query { get; set; }

    /// <summary>Every family and size.</summary>
    public static IEnumerable<TableCase> Tables => TableCase.All;

    private protected IPAddress[] Addresses { get; private set; } = [];

    private protected byte[] Bytes { get; private set; } = [];

    /// <summary>Bytes of an address.</summary>
    private protected int KeyLength => Table.Family.Width() / 8;

    /// <summary>0 for every answer, so that a loop can make its next question depend on it and still ask all of them in order.</summary>
    private protected int DependOn(int answer) => answer & _zero;

    /// <summary>Makes the table and the questions, which are the same in every run.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Prefix[] table = RoutingTable.Sample(Table.Family, Table.Entries);
        UInt128[] queries = AddressQueries.Create(table, Query);
        Addresses = AddressQueries.ToAddresses(Table.Family, queries);
        Bytes = AddressQueries.ToBytes(Table.Family, queries);
        Build(table);
    }

    private protected abstract void Build(Prefix[] table);

    /// <summary>Nothing is measured that answers wrongly: the library and the peer must agree on every question.</summary>
    private protected void Check(Func<IPAddress, int> library, Func<IPAddress, int> peer)
    {
        foreach (IPAddress address in Addresses)
        {
            (int ours, int theirs) = (library(address), peer(address));
            if (ours != theirs) throw new InvalidOperationException($"{Table}: the library says {ours} of {address}, the peer {theirs}.");
        }
    }

    /// <summary>The questions of one run of a slow peer: the <see cref="Queries.SlowCount"/> behind those of the run before.</summary>
    private protected ReadOnlySpan<IPAddress> NextSlowAddresses()
    {
        ReadOnlySpan<IPAddress> next = Addresses.AsSpan(_slowStart, Queries.SlowCount);
        _slowStart = (_slowStart + Queries.SlowCount) % Queries.Count;
        return next;
    }
}
