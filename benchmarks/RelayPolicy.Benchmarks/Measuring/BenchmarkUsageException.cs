namespace RelayPolicy.Benchmarks;

/// <summary>A mistake of the person at the keyboard: the message is all that is printed.</summary>
internal sealed class BenchmarkUsageException(string message) : Exception(message);
