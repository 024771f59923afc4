using System.Net;
using System.Text;
using RelayPolicy.Smtp;
using RelayPolicy.Smtp.Sasl;
using static RelayPolicy.Condition;

namespace RelayPolicy.Tests;

/// <summary>Laws that hold for every dialogue: purity, split invariance, faults refuse, bounded and safe replies.</summary>
public sealed class SessionLawTests
{
    private static readonly string[] Fragments =
    [
        "EHLO c.example\r\n", "HELO c.example\r\n", "MAIL FROM:<a@b.example>\r\n", "MAIL FROM:<> SIZE=100\r\n", "RCPT TO:<r@local.example>\r\n", "RCPT TO:<s@local.example>\r\n",
        "RCPT TO:<r@far.example>\r\n", "DATA\r\n", "content\r\n", "..\r\n", ".\r\n", "\r\n.\r\n", "RSET\r\n", "NOOP\r\n", "QUIT\r\n", "STARTTLS\r\n", "AUTH LOGIN\r\n", "YWxpY2U=\r\n",
        "d29uZGVybGFuZA==\r\n", "AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=\r\n", "*\r\n", "BDAT 5\r\n", "BDAT 5 LAST\r\n", "BDAT 0 LAST\r\n", "hello", "\r\n", "\n", "\r", "\0", ".", "x", "GET / HTTP/1.1\r\n",
        "AUTH SCRAM-SHA-256 biwsbj1hbGljZSxyPWNsaWVudA==\r\n", "VRFY x\r\n", "BDAT x\r\n", "MAIL FROM:<a@spam.example>\r\n", "XCLIENT ADDR=192.0.2.1\r\n", "\u00FC\r\n",
    ];

    private static readonly Gen<string> Beginning = Gen.OneOfConst(
        "", "EHLO c.example\r\n", "EHLO c.example\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<r@local.example>\r\n", "EHLO c.example\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<r@local.example>\r\nDATA\r\n");

    private static readonly Gen<byte[]> Dialogue = Gen.Select(Beginning, Gen.Frequency(
            (12, Gen.OneOfConst(Fragments)),
            (1, Gen.Int[1, 3000].Select(length => new string('y', length))),
            (1, Gen.String[Gen.Char["\r\n. AXD"], 1, 8]))
        .Array[0, 25].Select(string.Concat), (beginning, rest) => Encoding.UTF8.GetBytes(beginning + rest));

    [Fact]
    public void The_same_octets_get_the_same_answers_in_every_split() => Gen.Select(Dialogue, Gen.Int, Gen.Bool).Sample(
        (octets, seed, normalizes) =>
        {
            string whole = Run(octets, () => int.MaxValue, normalizes);
            Assert.Equal(whole, Run(octets, () => 1, normalizes));
            var random = new Random(seed);
            Assert.Equal(whole, Run(octets, () => random.Next(1, 40), normalizes));
        },
        iter: 3000);

    [Fact]
    public void A_split_sequence_is_as_good_as_one_piece() => Gen.Select(Dialogue, Gen.Int[1, 30], Gen.Bool).Sample(
        (octets, piece, hasEmptyPieces) =>
        {
            var host = new SessionHost(Limited(normalizes: false));
            host.Connect();
            host.Feed(Segments.Of(octets, piece, hasEmptyPieces));
            Assert.Equal(Run(octets, () => int.MaxValue, normalizes: false), Describe(host));
        },
        iter: 2000);

    [Fact]
    public void Every_reply_is_a_line_of_printable_ASCII_within_512_octets() => Dialogue.Sample(
        octets =>
        {
            var host = new SessionHost(Limited(normalizes: false));
            host.Connect();
            host.Send(octets, int.MaxValue);
            Assert.EndsWith("\r\n", host.Replies, StringComparison.Ordinal);
            Assert.All(host.Replies.Split("\r\n")[..^1], line =>
            {
                Assert.Matches(@"\A[2345][0-5][0-9][ -][ -~]*\z", line);
                Assert.InRange(line.Length, 3, 510);
            });
        },
        iter: 2000);

    [Fact]
    public void The_verdict_on_a_recipient_is_the_same_whatever_came_before() => Gen.Select(
        Gen.OneOfConst("RCPT TO:<r@local.example>", "RCPT TO:<r@far.example>", "RCPT TO:<r%x@local.example>", "RCPT TO:<postmaster>", "RSET", "NOOP", "MAIL FROM:<a@b.example>", "MAIL FROM:<>")
            .Array[0, 12],
        Gen.OneOfConst("RCPT TO:<r@local.example>", "RCPT TO:<r@far.example>", "RCPT TO:<q@[192.0.2.1]>")).Sample(
        (before, rcpt) =>
        {
            SessionHost fresh = Ready().Say("MAIL FROM:<a@b.example>");
            SessionHost used = Ready().Say(before).Say("RSET", "MAIL FROM:<a@b.example>");
            Assert.Equal(fresh.Line(rcpt), used.Line(rcpt));
        },
        iter: 2000);

    [Theory]
    [InlineData("policy")]
    [InlineData("policies")]
    [InlineData("predicate")]
    [InlineData("observer")]
    [InlineData("credentials")]
    [InlineData("store")]
    [InlineData("resolver")]
    [InlineData("clock")]
    public void A_fault_of_the_nth_call_of_a_plug_in_refuses(string plugIn)
    {
        List<string> without = Faulty(plugIn, failAt: int.MaxValue, out int calls, out SessionHost sound);
        Assert.True(calls > 0, $"{plugIn} is never called.");
        Assert.Single(sound.Messages);
        for (int failAt = 1; failAt <= calls; failAt++)
        {
            List<string> with = Faulty(plugIn, failAt, out _, out SessionHost host);
            Assert.Empty(with.Except(without));
            Assert.EndsWith("\r\n", host.Replies, StringComparison.Ordinal);
            Assert.InRange(host.Replies.Split("\r\n").Count(line => line.StartsWith("250 2.6.0", StringComparison.Ordinal)), 0, host.Messages.Count);
            Assert.True(host.IsClosed);
        }
    }

    // A whole dialogue in which the n-th call of one plug-in throws. Returns the recipients that were accepted.
    private static List<string> Faulty(string plugIn, int failAt, out int calls, out SessionHost host)
    {
        int count = 0;
        void Call(string name)
        {
            if (name == plugIn && ++count == failAt) throw new TimeoutException("It takes too long.");
        }

        RelayRuleSet rules = RelayRuleSet.Create(
        [
            new("odd", RelayStage.Recipient, Condition.Custom("odd", RelayFacts.Recipient, (in RelayRequest _) => { Call("predicate"); return false; }), RuleAction.Reject),
            .. SessionHost.Policy.Rules,
        ], SessionHost.Policy.Options);
        var policy = new CallingDecision(rules, () => Call("policy"));
        var options = new SmtpSessionOptions
        {
            HostName = "mx.local.example",
            Mechanisms = SaslMechanisms.Plain,
            AllowsAuthenticationWithoutTls = true,
            ResolvesHostNames = true,
            OnVerdict = (in RelayRequest _, in RelayVerdict _) => Call("observer"),
            Clock = new CallingClock(() => Call("clock")),
        };
        var session = default(SmtpSession);
        try
        {
            session = new SmtpSession(options, () => { Call("policies"); return policy; }, new ClientEndpoint(IPAddress.Parse("203.0.113.9")));
        }
        catch (TimeoutException)
        {
            // The clock failed before there was a session; the host has nobody to answer for.
            session = new SmtpSession(options, policy, new ClientEndpoint(IPAddress.Parse("203.0.113.9")));
        }

        var accepted = new List<string>();
        host = new SessionHost(session)
        {
            CheckCredentials = _ => Try(() => Call("credentials")) ? SaslAnswer.Verifier(SessionHost.AliceVerifier) : SaslAnswer.Unavailable,
            Store = () => Try(() => Call("store")) ? null : new SmtpReply(451, new(4, 3, 0), "No room"),
            ResolveHostNames = resolving => resolving.HostNamesResolved(Try(() => Call("resolver")) ? HostNameStatus.None : HostNameStatus.TemporaryFailure),
        };
        host.Connect();
        foreach (string line in (string[])["EHLO c.example", "AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=", "MAIL FROM:<a@b.example>", "RCPT TO:<r@local.example>", "RCPT TO:<r@far.example>", "RCPT TO:<r%x@far.example>", "DATA", "x\r\n.", "QUIT"])
        {
            if (host.IsClosed) break;
            if (host.Line(line).StartsWith("250", StringComparison.Ordinal) && line.StartsWith("RCPT", StringComparison.Ordinal)) accepted.Add(line);
        }

        calls = count;
        return accepted;
    }

    private static bool Try(Action call)
    {
        try
        {
            call();
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static SmtpSessionOptions Limited(bool normalizes) => SessionHost.Options(session: new SmtpSessionLimits(), normalizes: normalizes);

    private static SessionHost Ready()
    {
        var host = new SessionHost();
        host.Connect();
        return host.Say("EHLO c.example");
    }

    private static string Run(byte[] octets, Func<int> piece, bool normalizes)
    {
        var host = new SessionHost(Limited(normalizes));
        host.Connect();
        host.Send(octets, piece);
        return Describe(host);
    }

    private static string Describe(SessionHost host) =>
        $"{host.Replies}\nclosed: {host.IsClosed}\nheld: {host.Held}\n{string.Join('\n', host.Messages.Select(message => string.Join(',', message.Recipients) + message.Content))}";

    private sealed class CallingDecision(IRelayDecision inner, Action onCall) : IRelayDecision
    {
        public RelayVerdict Evaluate(in RelayRequest request, RelayStage through)
        {
            onCall();
            return inner.Evaluate(request, through);
        }
    }

    private sealed class CallingClock(Action onCall) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            onCall();
            return Asking.Noon;
        }

        public override long GetTimestamp()
        {
            onCall();
            return 0;
        }
    }
}
