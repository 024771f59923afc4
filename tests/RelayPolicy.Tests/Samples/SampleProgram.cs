#if NET10_0_OR_GREATER
using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace RelayPolicy.Tests.Samples;

/// <summary>A sample, started as a user starts it.</summary>
internal sealed class SampleProgram(string name)
{
    public static readonly SampleProgram Decide = new("Decide");
    public static readonly SampleProgram ImportIis = new("ImportIis");
    public static readonly SampleProgram RelayServer = new("RelayServer");

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public string Path { get; } = System.IO.Path.GetFullPath(
        typeof(SampleProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == name).Value!);

    /// <summary>A file that is shipped with the sample.</summary>
    public string Shipped(string fileName) => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, fileName);

    public Result Run(params string[] args) => Feed(input: [], args);

    public Result Feed(string input, params string[] args) => Feed(Utf8.GetBytes(input), args);

    public Result Feed(byte[] input, params string[] args) => Feed(input, environment: [], args);

    public Result Feed(byte[] input, Dictionary<string, string> environment, params string[] args)
    {
        using Process process = Start(environment, args);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        try
        {
            using Stream standardInput = process.StandardInput.BaseStream;
            standardInput.Write(input);
        }
        catch (IOException)
        {
            // The program may end without reading all of it.
        }

        string[] lines = Lines(output.GetAwaiter().GetResult());
        string[] complaints = Lines(errors.GetAwaiter().GetResult());
        process.WaitForExit();
        return new Result(process.ExitCode, lines, complaints);
    }

    public Process Start(Dictionary<string, string> environment, params string[] args) => Start(new ProcessStartInfo(Host, [Path, .. args]), environment);

    /// <summary>Starts it in a shell that allows it so many handles.</summary>
    public Process StartWithHandles(int handles, params string[] args) =>
        Start(new ProcessStartInfo("bash", ["-c", $"ulimit -n {handles}; exec \"$0\" \"$@\"", Host, Path, .. args]), environment: []);

    private static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static Process Start(ProcessStartInfo start, Dictionary<string, string> environment)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardInputEncoding = start.StandardOutputEncoding = start.StandardErrorEncoding = Utf8;
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    internal sealed record Result(int ExitCode, string[] Output, string[] Errors);
}
#endif
