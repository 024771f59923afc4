using BenchmarkDotNet.Running;

namespace RelayPolicy.Benchmarks;

/// <summary>One benchmark with its parameters, as a goal names it.</summary>
/// <param name="Class">The class of benchmarks.</param>
/// <param name="Method">The method.</param>
/// <param name="Parameters">The values of the parameters as they print, in alphabetical order of their names, joined by commas.</param>
internal sealed record GoalCase(Type Class, string Method, string Parameters)
{
    public static GoalCase Of(BenchmarkCase benchmark) => new(
        benchmark.Descriptor.Type,
        benchmark.Descriptor.WorkloadMethod.Name,
        string.Join(", ", benchmark.Parameters.Items.OrderBy(item => item.Name, StringComparer.Ordinal).Select(item => item.Value?.ToString())));

    /// <param name="type">The class of benchmarks.</param>
    /// <param name="method">The method.</param>
    /// <param name="parameters">The values of the parameters, in alphabetical order of their names.</param>
    public static GoalCase Of(Type type, string method, params object[] parameters) => new(type, method, string.Join(", ", parameters));

    public override string ToString() => $"{Class.Name}.{Method}({Parameters})";
}
