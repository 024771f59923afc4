using System.Reflection;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Running;

namespace RelayPolicy.Benchmarks;

/// <summary>Leaves a peer out where it is hopeless: of tables with more entries than this, it is not measured.</summary>
/// <param name="entries">The largest table that it is measured with.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UpToAttribute(int entries) : Attribute
{
    /// <summary>The largest table that it is measured with.</summary>
    public int Entries { get; } = entries;
}

/// <summary>Applies <see cref="UpToAttribute"/>.</summary>
internal sealed class UpToFilter : IFilter
{
    public bool Predicate(BenchmarkCase benchmarkCase)
    {
        UpToAttribute? limit = benchmarkCase.Descriptor.WorkloadMethod.GetCustomAttribute<UpToAttribute>();
        return limit is null || benchmarkCase.Parameters.Items.Select(item => item.Value).OfType<TableCase>().All(table => table.Entries <= limit.Entries);
    }
}
