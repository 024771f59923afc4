using System.Buffers;
using System.Net;
using RelayPolicy.Smtp;

namespace RelayPolicy.Benchmarks;

/// <summary>A client and a host of a session that cost nothing themselves.</summary>
internal sealed class SessionWire : IBufferWriter<byte>
{
    private readonly byte[] _output = new byte[256 * 1024];
    private readonly SmtpSession _session;
    private int _written;

    public SessionWire(IRelayDecision policy)
    {
        _session = new SmtpSession(
            new SmtpSessionOptions
            {
                HostName = "mx.local.example",
                Limits = new SmtpLimits { MaxMessageSize = null, MaxSessionSize = null, MaxRecipients = null },
                SessionLimits = new SmtpSessionLimits { MaxJunkCommands = null, MaxRefusedRecipients = null, MaxMessages = null, MaxSessionTime = null },
            },
            policy,
            Client);
        Send([]);
    }

    /// <summary>A stranger.</summary>
    public static ClientEndpoint Client { get; } = new(IPAddress.Parse("203.0.113.9"));

    /// <summary>Sends octets in one piece and throws the replies away.</summary>
    /// <returns>The octets of the replies and of the content.</returns>
    public long Send(byte[] octets)
    {
        _written = 0;
        var input = new ReadOnlySequence<byte>(octets);
        long content = 0;
        while (_session.Process(ref input, this) == SmtpStep.TakeContent) content += _session.Content.Length;
        return content + _written;
    }

    /// <summary>The last replies, to check what is measured.</summary>
    public string Replies => System.Text.Encoding.ASCII.GetString(_output, 0, _written);

    public void Advance(int count) => _written += count;

    public Memory<byte> GetMemory(int sizeHint = 0) => _output.AsMemory(_written);

    public Span<byte> GetSpan(int sizeHint = 0) => _output.AsSpan(_written);
}
