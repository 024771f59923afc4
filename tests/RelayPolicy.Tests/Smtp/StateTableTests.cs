using RelayPolicy.Smtp;
using RelayPolicy.Tests.Readme;

namespace RelayPolicy.Tests;

/// <summary>The table of RFC 5321 §4.1.4, cell by cell, in a session.</summary>
public sealed class StateTableTests
{
    private static readonly Dictionary<SmtpState, string[]> WayTo = new()
    {
        [SmtpState.Refused] = [],
        [SmtpState.Start] = [],
        [SmtpState.Helo] = ["HELO c.example"],
        [SmtpState.Ehlo] = ["EHLO c.example"],
        [SmtpState.Mail] = ["EHLO c.example", "MAIL FROM:<a@b.example>"],
        [SmtpState.Rcpt] = ["EHLO c.example", "MAIL FROM:<a@b.example>", "RCPT TO:<r@local.example>"],
        [SmtpState.Chunks] = ["EHLO c.example", "MAIL FROM:<a@b.example>", "RCPT TO:<r@local.example>", "BDAT 0"],
    };

    // What each command is answered in the states Refused, Start, Helo, Ehlo, Mail, Rcpt, Chunks.
    public static readonly TheoryData<string, string> Rows = new()
    {
        { "EHLO c.example", "503 250 250 250 250 250 250" },
        { "HELO c.example", "503 250 250 250 250 250 250" },
        { "MAIL FROM:<a@b.example>", "503 503 250 250 503 503 503" },
        { "RCPT TO:<r@local.example>", "503 503 503 503 250 250 503" },
        { "DATA", "503 503 503 503 503 354 503" },
        { "BDAT 0", "503 503 503 503 503 250 250" },
        { "BDAT 0 LAST", "503 503 503 503 503 250 250" },
        { "RSET", "503 250 250 250 250 250 250" },
        { "NOOP", "503 250 250 250 250 250 250" },
        { "HELP", "503 214 214 214 214 214 214" },
        { "VRFY postmaster", "503 252 252 252 252 252 252" },
        { "EXPN staff", "503 502 502 502 502 502 502" },
        { "QUIT", "221 221 221 221 221 221 221" },
        { "AUTH LOGIN", "503 503 503 334 503 503 503" },
        { "STARTTLS", "503 503 503 220 503 503 503" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_command_is_taken_in_these_states_only(string command, string codes)
    {
        foreach ((SmtpState state, string code) in Enum.GetValues<SmtpState>().Zip(codes.Split(' ')))
        {
            SessionHost host = At(state);
            Assert.Equal(state, host.Session.State);
            Assert.Equal($"{state} {code}", $"{state} {host.Line(command)[..3]}");
        }
    }

    [Fact]
    public void A_command_that_may_not_come_changes_nothing()
    {
        foreach (SmtpState state in WayTo.Keys)
        {
            SessionHost host = At(state);
            foreach (string line in Rows.Select(row => row.Data.Item1).Where(line => line != "QUIT"))
            {
                SmtpTransaction? transaction = host.Session.Transaction;
                if (host.Line(line).StartsWith("503", StringComparison.Ordinal)) Assert.Equal((state, transaction), (host.Session.State, host.Session.Transaction));
                else host = At(state);
            }
        }
    }

    [Fact]
    public void An_unknown_command_is_500_in_every_state() =>
        Assert.All(WayTo.Keys, state => Assert.StartsWith("500 5.5.1 ", At(state).Line("FOO bar"), StringComparison.Ordinal));

    [Fact]
    public void The_documentation_prints_the_same_table() =>
        Assert.Contains(StateTable.Print(), File.ReadAllText(Path.Combine(Repository.Root, "docs/embedding.md")), StringComparison.Ordinal);

    private static SessionHost At(SmtpState state)
    {
        var host = new SessionHost(client: state == SmtpState.Refused ? "198.51.100.1" : "203.0.113.9");
        host.Connect();
        return host.Say(WayTo[state]);
    }
}
