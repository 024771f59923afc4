using System.Text;
using BenchmarkDotNet.Attributes;

namespace RelayPolicy.Benchmarks;

/// <summary>Looking for the end of the content. Nanoseconds per mebibyte of lines of 76 characters.</summary>
[MemoryDiagnoser]
public class ContentScan
{
    private const int Octets = 1024 * 1024;

    private byte[] _content = [];
    private SessionWire? _wire;

    /// <summary>Makes the content, and a session that is in the midst of DATA.</summary>
    [GlobalSetup]
    public void Setup()
    {
        string line = new string('x', 70) + ". a.b\r\n";
        _content = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(line, Octets / line.Length)));
        _wire = new SessionWire(RelayRuleSet.SecureDefault(DomainSet.Parse("local.example")));
        _wire.Send("EHLO client.test\r\nMAIL FROM:<>\r\nRCPT TO:<r@local.example>\r\nDATA\r\n"u8.ToArray());
        if (_wire.Send(_content) != _content.Length || SpanIndexOf() != -1) throw new InvalidOperationException("Not all of it is content.");
    }

    /// <summary>The platform's search for CR LF . CR LF, which finds no bare CR or LF and takes away no dots.</summary>
    [Benchmark(Baseline = true)]
    public int SpanIndexOf() => _content.AsSpan().IndexOf("\r\n.\r\n"u8);

    /// <summary>The session.</summary>
    [Benchmark]
    public long SessionContent() => _wire!.Send(_content);
}
