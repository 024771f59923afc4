using System.Text;
using BenchmarkDotNet.Attributes;

namespace RelayPolicy.Benchmarks;

/// <summary>
/// A pipeline of MAIL, RCPT commands and RSET, octets in to replies out, against the evaluation of the same recipients alone. Nanoseconds per
/// transaction.
/// </summary>
[MemoryDiagnoser]
public class SessionRecipients
{
    private SessionWire? _wire;
    private RelayRuleSet? _policy;
    private RelayRequest _request;
    private byte[] _refused = [];
    private byte[] _fresh = [];
    private byte[] _accepted = [];

    /// <summary>Rules in the policy.</summary>
    [Params(10, 10_000)]
    public int Entries { get; set; }

    /// <summary>Recipients in the transaction.</summary>
    [Params(1, 1_000)]
    public int Recipients { get; set; }

    /// <summary>Makes the policy and the pipelines.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var local = new RelayRule("local", RelayStage.Recipient, Condition.Recipient.IsLocal, RuleAction.Accept);
        IEnumerable<RelayRule> rules = SyntheticPolicy.Create(PolicyShape.Ordinary, Entries).Select(rule => rule.Rule);
        _policy = RelayRuleSet.Create([.. rules, local], new RelayRuleSetOptions { LocalDomains = DomainSet.Parse("local.example") });
        _request = new RelayRequest(SessionWire.Client, null, SmtpPath.ParseMailbox("nobody@stranger.test"), SmtpPath.ParseMailbox("someone@elsewhere.test"));
        _wire = new SessionWire(_policy);
        _wire.Send("EHLO client.test\r\n"u8.ToArray());
        _refused = Pipeline(_ => "someone@elsewhere.test");
        _fresh = Pipeline(i => $"someone{i:0000}@elsewhere.test");
        _accepted = Pipeline(i => $"someone{i:0000}@local.example");
        Check(_refused, "550 5.7.1 ");
        Check(_fresh, "550 5.7.1 ");
        Check(_accepted, "250 2.1.5 ");
    }

    /// <summary>The rule set alone, asked for each recipient.</summary>
    [Benchmark(Baseline = true)]
    public int EvaluationAlone()
    {
        int refused = 0;
        for (int i = 0; i < Recipients; i++)
        {
            if (_policy!.Evaluate(_request).IsRefused) refused++;
        }

        return refused;
    }

    /// <summary>Recipients that are refused, always the same one.</summary>
    [Benchmark]
    public long RefusedRecipients() => _wire!.Send(_refused);

    /// <summary>Recipients that are refused, each with a local-part of its own.</summary>
    [Benchmark]
    public long RefusedFreshRecipients() => _wire!.Send(_fresh);

    /// <summary>Recipients that are accepted, each with a local-part of its own.</summary>
    [Benchmark]
    public long AcceptedRecipients() => _wire!.Send(_accepted);

    private byte[] Pipeline(Func<int, string> recipient) => Encoding.ASCII.GetBytes(
        $"MAIL FROM:<nobody@stranger.test>\r\n{string.Concat(Enumerable.Range(0, Recipients).Select(i => $"RCPT TO:<{recipient(i)}>\r\n"))}RSET\r\n");

    private void Check(byte[] pipeline, string begin)
    {
        _wire!.Send(pipeline);
        int found = _wire.Replies.Split("\r\n").Count(line => line.StartsWith(begin, StringComparison.Ordinal));
        if (found != Recipients) throw new InvalidOperationException($"{found} of {Recipients} recipients are answered {begin}: {_wire.Replies}");
    }
}
