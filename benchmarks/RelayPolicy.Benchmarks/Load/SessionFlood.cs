using System.Buffers;
using System.Net;
using RelayPolicy.Configuration;
using RelayPolicy.Smtp;

namespace RelayPolicy.Benchmarks;

/// <summary>The octets of <see cref="RefusedFlood"/> put into a session in this process, with the limits of the server, and no socket between.</summary>
internal sealed class SessionFlood : LoadWorker, IBufferWriter<byte>
{
    private static readonly ClientEndpoint Client = new(IPAddress.Loopback) { Listener = "smtp" };
    private static readonly byte[] Hello = "EHLO client.example\r\n"u8.ToArray();

    private readonly byte[] _output = new byte[64 * 1024];
    private readonly PolicyFile _policy = LoadSettings.ReadPolicy();
    private readonly SmtpSessionOptions _options;
    private SmtpSession? _session;
    private int _written;

    public SessionFlood() => _options = LoadSettings.SessionOptions(_policy);

    public override int Step()
    {
        if (_session is null) Open();
        SmtpStep step = Send(RefusedFlood.Batch);
        int refused = _output.AsSpan(0, _written).Count("550 5.7.1 "u8);
        if (step == SmtpStep.Close) _session = null;
        else if (refused != RefusedFlood.BatchSize) throw new LoadException($"The session refuses {refused} recipients of {RefusedFlood.BatchSize}.");
        return refused;
    }

    public void Advance(int count) => _written += count;

    public Memory<byte> GetMemory(int sizeHint = 0) => _output.AsMemory(_written);

    public Span<byte> GetSpan(int sizeHint = 0) => _output.AsSpan(_written);

    private void Open()
    {
        _session = new SmtpSession(_options, _policy.RuleSet, Client);
        Send([]);
        Send(Hello);
        Send(RefusedFlood.Opening);
    }

    private SmtpStep Send(byte[] octets)
    {
        _written = 0;
        var input = new ReadOnlySequence<byte>(octets);
        return _session!.Process(ref input, this);
    }
}

/// <summary>The policy alone, asked about the same recipient.</summary>
internal sealed class EvaluationFlood : LoadWorker
{
    private const int Questions = 1_000;

    private readonly RelayRuleSet _policy = LoadSettings.ReadPolicy().RuleSet;
    private readonly RelayRequest _request = new(
        new ClientEndpoint(IPAddress.Loopback) { Listener = "smtp" }, null, SmtpPath.ParseMailbox("nobody@stranger.example"), SmtpPath.ParseMailbox("someone@elsewhere.example"));

    public override int Step()
    {
        int refused = 0;
        for (int i = 0; i < Questions; i++)
        {
            if (_policy.Evaluate(_request).IsRefused) refused++;
        }

        return refused == Questions ? refused : throw new LoadException($"The policy refuses {refused} recipients of {Questions}.");
    }
}
