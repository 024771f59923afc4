using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using RelayPolicy.Smtp;

namespace RelayPolicy.Tests;

/// <summary>What a client may not do without end, and how much a session keeps whatever it does.</summary>
public sealed class SessionLimitTests
{
    private const string Mail = "MAIL FROM:<a@b.example>";
    private const string Rcpt = "RCPT TO:<r@local.example>";
    private const string Far = "RCPT TO:<r@far.example>";

    [Fact]
    public void The_defaults_are_those_that_are_documented()
    {
        var limits = new SmtpSessionLimits();
        Assert.Equal((2048, 12_288, 20, 3, 100), (limits.MaxCommandLine, limits.MaxAuthenticationLine, limits.MaxErrors, limits.MaxUnknownCommands, limits.MaxJunkCommands));
        Assert.Equal((100, 5, 1000), (limits.MaxRefusedRecipients, limits.MaxFailedAuthentications, limits.MaxMessages));
        Assert.Equal((5, 5, 120), (limits.CommandTimeout.TotalMinutes, limits.ContentTimeout.TotalMinutes, limits.MaxSessionTime!.Value.TotalMinutes));
    }

    [Theory]
    [InlineData(511)]
    [InlineData(8193)]
    public void A_line_limit_has_bounds(int octets) => Assert.Throws<ArgumentOutOfRangeException>(() => new SmtpSessionLimits { MaxCommandLine = octets });

    [Theory]
    [InlineData("FOO", 3, "421 4.7.0 Too many errors; closing")]
    [InlineData("EHLO", 20, "421 4.7.0 Too many errors; closing")]
    [InlineData("DATA", 20, "421 4.7.0 Too many errors; closing")]
    [InlineData("NOOP", 99, "421 4.7.0 Too many errors; closing")]
    [InlineData("VRFY x", 99, "421 4.7.0 Too many errors; closing")]
    [InlineData("AUTH PLAIN AGFsaWNlAHdyb25n", 5, "421 4.7.0 Too many failed authentications; closing")]
    [InlineData("AUTH LOGIN =", 5, "421 4.7.0 Too many failed authentications; closing")]
    public void One_too_many_closes(string line, int allowed, string reply)
    {
        SessionHost host = Ready();
        for (int i = 0; i < allowed; i++) Assert.False(host.Line(line).StartsWith("421", StringComparison.Ordinal), $"number {i + 1}");
        Assert.Equal(reply, host.Line(line));
        Assert.True(host.IsClosed);
    }

    [Fact]
    public void Refused_recipients_are_limited_and_are_no_errors()
    {
        SessionHost host = Ready().Say(Mail);
        for (int i = 0; i < 100; i++) Assert.StartsWith("550", host.Line(Far), StringComparison.Ordinal);
        Assert.Equal("421 4.7.0 Too many refused addresses; closing", host.Line(Far));
        Assert.True(host.IsClosed);
    }

    [Fact]
    public void Refused_senders_are_limited_with_them()
    {
        SessionHost host = Ready();
        for (int i = 0; i < 100; i++) Assert.StartsWith("550", host.Line("MAIL FROM:<a@spam.example>"), StringComparison.Ordinal);
        Assert.Equal("421 4.7.0 Too many refused addresses; closing", host.Line("MAIL FROM:<a@spam.example>"));
        Assert.True(host.IsClosed);
    }

    [Fact]
    public void Recipients_beyond_the_limit_are_deferred_and_the_message_is_taken_for_the_others()
    {
        SessionHost host = Ready(limits: new SmtpLimits { MaxRecipients = 2 }).Say(Mail, Rcpt, Rcpt);
        Assert.Equal("452 4.5.3 Too many recipients", host.Line(Rcpt));
        host.Say("DATA").Line(".");
        Assert.Equal(2, Assert.Single(host.Messages).Recipients.Length);
    }

    [Fact]
    public void Messages_are_limited()
    {
        SessionHost host = Ready(session: new SmtpSessionLimits { MaxMessages = 2 });
        for (int i = 0; i < 2; i++) Assert.Equal("250 2.6.0 Message accepted", host.Say(Mail, Rcpt, "DATA").Line("."));
        Assert.Equal("421 4.7.0 Too many messages in this session; closing", host.Line(Mail));
    }

    [Fact]
    public void Commands_that_bring_nothing_on_are_counted_anew_after_a_message()
    {
        SessionHost host = Ready(session: new SmtpSessionLimits { MaxJunkCommands = 3 }).Say("NOOP", "NOOP", Mail, Rcpt, "DATA", ".");
        Assert.Single(host.Messages);
        host.Say("NOOP", "NOOP", "NOOP");
        Assert.False(host.IsClosed);
        Assert.StartsWith("421", host.Line("NOOP"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(7)]
    public void A_message_over_its_limit_is_read_to_its_end_and_refused(int piece)
    {
        SessionHost host = Ready(limits: new SmtpLimits { MaxMessageSize = 10 }).Say(Mail, Rcpt, "DATA");
        Assert.Equal("552 5.3.4 Message is larger than this server takes\r\n250 2.0.0 OK\r\n", host.Send("0123456789\r\nNOOP\r\n.\r\nNOOP\r\n"u8.ToArray(), piece));
        Assert.Empty(host.Messages);
        Assert.Equal(0, host.Held);
        Assert.Null(host.Session.Transaction);
        host.Say(Mail, Rcpt, "DATA");
        Assert.Equal("250 2.6.0 Message accepted", host.Line("01234567\r\n."));
    }

    [Fact]
    public void A_chunk_over_the_limit_ends_the_message()
    {
        SessionHost host = Ready(limits: new SmtpLimits { MaxMessageSize = 10 }).Say(Mail, Rcpt);
        Assert.Equal("250 2.0.0 8 octets received\r\n552 5.3.4 Message is larger than this server takes\r\n503 5.5.1 Send MAIL first\r\n",
            host.Send("BDAT 8\r\n01234567BDAT 8\r\n01234567BDAT 1 LAST\r\nx"));
        Assert.Empty(host.Messages);
        Assert.Equal(0, host.Held);
        Assert.Contains(SmtpStep.AbandonMessage, host.Steps);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    public void A_session_over_its_limit_is_closed_at_the_octet(int piece)
    {
        SessionHost host = new(SessionHost.Options(limits: new SmtpLimits { MaxSessionSize = 12 }));
        host.Connect();
        Assert.Equal("250 2.0.0 OK\r\n250 2.0.0 OK\r\n421 4.7.0 Session is larger than this server takes; closing\r\n", host.Send("NOOP\r\nNOOP\r\nNOOP\r\n"u8.ToArray(), piece));
        Assert.True(host.IsClosed);
    }

    [Fact]
    public void Time_passes_by_the_clock_of_the_options_only()
    {
        var clock = new StoppedClock();
        var session = new SmtpSession(
            new SmtpSessionOptions { HostName = "mx.local.example", Clock = clock, SessionLimits = new SmtpSessionLimits { ContentTimeout = TimeSpan.FromMinutes(3), MaxSessionTime = TimeSpan.FromMinutes(20) } },
            SessionHost.Policy,
            new ClientEndpoint(IPAddress.Parse("203.0.113.9")));
        var host = new SessionHost(session);
        host.Connect();
        Assert.Equal(5, session.TimeLeft.TotalMinutes);
        clock.Pass(2);
        host.Send("NOO"); // no whole command
        Assert.Equal(3, session.TimeLeft.TotalMinutes);
        host.Send("P\r\n");
        Assert.Equal(5, session.TimeLeft.TotalMinutes);
        host.Say("EHLO c.example", Mail, Rcpt, "DATA");
        clock.Pass(1);
        Assert.Equal(2, session.TimeLeft.TotalMinutes);
        host.Send("x");
        Assert.Equal(3, session.TimeLeft.TotalMinutes);
        for (int i = 0; i < 8; i++)
        {
            clock.Pass(2);
            host.Send("x");
        }

        Assert.Equal(1, session.TimeLeft.TotalMinutes); // 19 of 20
        clock.Pass(2);
        Assert.Equal(TimeSpan.Zero, session.TimeLeft);
    }

    [Theory]
    [InlineData(SmtpEnding.TimedOut, "421 4.4.2 Timed out; closing\r\n")]
    [InlineData(SmtpEnding.ShuttingDown, "421 4.3.2 Service is shutting down; closing\r\n")]
    [InlineData(SmtpEnding.Fault, "421 4.3.0 Internal fault; closing\r\n")]
    public void A_host_ends_a_session_with_a_reply_once(SmtpEnding ending, string reply)
    {
        SessionHost host = Ready();
        var output = new ArrayBufferWriter<byte>();
        Assert.Equal(SmtpStep.Close, host.Session.End(ending, output));
        Assert.Equal(SmtpStep.Close, host.Session.End(ending, output));
        Assert.Equal(reply, Encoding.ASCII.GetString(output.WrittenSpan));
        Assert.Equal("", host.Line("NOOP"));
        Assert.True(host.IsClosed);
    }

    [Fact]
    public void An_answer_for_which_the_session_does_not_wait_is_an_error()
    {
        SmtpSession session = Ready().Session;
        Assert.Throws<InvalidOperationException>(() => session.TlsStarted(TlsState.On()));
        Assert.Throws<InvalidOperationException>(() => session.HostNamesResolved(HostNameStatus.None));
        Assert.Throws<InvalidOperationException>(() => session.CredentialsChecked(default));
        Assert.Throws<InvalidOperationException>(session.MessageTaken);
        Assert.Throws<InvalidOperationException>(session.MessageRefused);
        Assert.Throws<ArgumentException>(() => session.MessageTaken(new SmtpReply(550, new(5, 0, 0), "x")));
        Assert.Throws<ArgumentException>(() => session.MessageRefused(new SmtpReply(250, new(2, 0, 0), "x")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("mx local")]
    [InlineData("mx\r\n250 x")]
    public void The_name_of_the_host_is_a_name(string name) => Assert.Throws<ArgumentException>(() => new SmtpSessionOptions { HostName = name });

    [Fact]
    public void A_million_recipients_leave_nothing_behind()
    {
        var session = new SmtpSession(
            new SmtpSessionOptions { HostName = "mx.local.example", Limits = new SmtpLimits { MaxSessionSize = null }, SessionLimits = new SmtpSessionLimits { MaxRefusedRecipients = null } },
            SessionHost.Policy,
            new ClientEndpoint(IPAddress.Parse("203.0.113.9")));
        var wire = new Wire(session);
        wire.Send("EHLO c.example\r\nMAIL FROM:<a@b.example>\r\n");
        for (int i = 0; i < 100; i++) wire.Send(Rcpt + "\r\n");
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < 1_000_000; i++) wire.Send(i, "@far.example>\r\n");
        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Equal(100, session.Transaction!.Recipients.Count);

        // Other tests run at the same time and hold memory of their own; a session that kept only 100 octets a recipient would hold 100 MB.
        Assert.InRange(grown, long.MinValue, 64 * 1024 * 1024);
        wire.Send(Rcpt + "\r\n");
        Assert.Equal("452 4.5.3 Too many recipients\r\n", wire.LastReply);
    }

    [Fact]
    public void A_line_without_end_costs_its_limit_once()
    {
        var session = new SmtpSession(SessionHost.Options(limits: new SmtpLimits { MaxSessionSize = null }), SessionHost.Policy, new ClientEndpoint(IPAddress.Parse("203.0.113.9")));
        var wire = new Wire(session);
        string piece = new('x', 4000);
        wire.Send(piece);
        wire.Send(piece);
        Assert.Equal(0, Allocations.Of(() => wire.Send(piece), calls: 100));
    }

    [Fact]
    public void Octets_that_come_one_at_a_time_cost_nothing_each()
    {
        var session = new SmtpSession(
            new SmtpSessionOptions { HostName = "mx.local.example", SessionLimits = new SmtpSessionLimits { MaxJunkCommands = null }, Limits = new SmtpLimits { MaxSessionSize = null } },
            SessionHost.Policy,
            new ClientEndpoint(IPAddress.Parse("203.0.113.9")));
        var wire = new Wire(session);
        void Line()
        {
            foreach (char c in "NOOP\r\n") wire.Send(c);
        }

        Line();
        Assert.Equal(0, Allocations.Of(Line));
    }

    [Fact]
    public void A_refused_RCPT_allocates_nothing_in_steady_state()
    {
        var session = new SmtpSession(
            new SmtpSessionOptions { HostName = "mx.local.example", SessionLimits = new SmtpSessionLimits { MaxRefusedRecipients = null }, Limits = new SmtpLimits { MaxSessionSize = null } },
            SessionHost.Policy,
            new ClientEndpoint(IPAddress.Parse("203.0.113.9")));
        var wire = new Wire(session);
        wire.Send("EHLO c.example\r\nMAIL FROM:<a@b.example>\r\n");
        wire.Send(Far + "\r\n");
        Assert.Equal(0, Allocations.Of(() => wire.Send("RCPT TO:<\"quoted local\"@far.example>\r\n")));
        Assert.Equal("550 5.7.1 Relaying denied\r\n", wire.LastReply);
    }

    [Fact]
    public void A_local_part_never_seen_before_costs_its_string_and_nothing_else()
    {
        var session = new SmtpSession(
            new SmtpSessionOptions { HostName = "mx.local.example", SessionLimits = new SmtpSessionLimits { MaxRefusedRecipients = null }, Limits = new SmtpLimits { MaxSessionSize = null } },
            SessionHost.Policy,
            new ClientEndpoint(IPAddress.Parse("203.0.113.9")));
        var wire = new Wire(session);
        wire.Send("EHLO c.example\r\nMAIL FROM:<a@b.example>\r\n");
        int next = 1_000_000;
        const int StringOfSeven = 40; // 22 octets of string with its end, 7 characters, rounded up to 8
        Assert.InRange(Allocations.Of(() => wire.Send(next++, "@far.example>\r\n"), enough: 1000 * StringOfSeven), 0, 1000 * StringOfSeven);
    }

    private static SessionHost Ready(SmtpLimits? limits = null, SmtpSessionLimits? session = null)
    {
        var host = new SessionHost(SessionHost.Options(limits: limits, session: session ?? new SmtpSessionLimits()));
        host.Connect();
        return host.Say("EHLO c.example");
    }

    /// <summary>A client and a host that allocate nothing themselves.</summary>
    private sealed class Wire : IBufferWriter<byte>
    {
        private readonly SmtpSession _session;
        private readonly byte[] _input = new byte[4096];
        private readonly byte[] _output = new byte[4096];
        private int _written;

        public Wire(SmtpSession session)
        {
            _session = session;
            Send("");
        }

        public string LastReply => Encoding.ASCII.GetString(_output, 0, _written);

        public void Send(string text) => Process(Encoding.ASCII.GetBytes(text, _input));

        public void Send(char c)
        {
            _input[0] = (byte)c;
            Process(1);
        }

        // RCPT TO:<number...
        public void Send(int number, string rest)
        {
            int length = Encoding.ASCII.GetBytes("RCPT TO:<", _input);
            number.TryFormat(_input.AsSpan(length), out int digits, default, CultureInfo.InvariantCulture);
            length += digits;
            Process(length + Encoding.ASCII.GetBytes(rest, _input.AsSpan(length)));
        }

        public void Advance(int count) => _written += count;

        public Memory<byte> GetMemory(int sizeHint = 0) => _output.AsMemory(_written);

        public Span<byte> GetSpan(int sizeHint = 0) => _output.AsSpan(_written);

        private void Process(int length)
        {
            _written = 0;
            var input = new ReadOnlySequence<byte>(_input, 0, length);
            _session.Process(ref input, this);
        }
    }

    private sealed class StoppedClock : TimeProvider
    {
        private long _minutes;

        public override long TimestampFrequency => 1;

        public void Pass(int minutes) => _minutes += minutes;

        public override long GetTimestamp() => _minutes * 60;

        public override DateTimeOffset GetUtcNow() => Asking.Noon.AddMinutes(_minutes);
    }
}
