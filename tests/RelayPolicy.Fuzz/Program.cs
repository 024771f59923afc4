using RelayPolicy.Tests;
using SharpFuzz;

if (args is not [var name] || FuzzTargets.Find(name) is not { } target)
{
    Console.Error.WriteLine($"Name a target: {string.Join(", ", FuzzTargets.Names)}. tests/RelayPolicy.Fuzz/run starts the fuzzer.");
    return 2;
}

Fuzzer.OutOfProcess.Run(stream =>
{
    using var input = new MemoryStream();
    stream.CopyTo(input);
    target(input.ToArray());
});
return 0;
