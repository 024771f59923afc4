using BenchmarkDotNet.Running;
using RelayPolicy.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(NetworkSetBenchmarks).Assembly).Run(args);
