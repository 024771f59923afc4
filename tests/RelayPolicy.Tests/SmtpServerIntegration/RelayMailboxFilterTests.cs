using System.Net;
using RelayPolicy.SmtpServerIntegration;
using SmtpServer.Protocol;
using static RelayPolicy.Tests.Asking;
using static RelayPolicy.Tests.FakeSession;

namespace RelayPolicy.Tests;

/// <summary>The adapter asks the policy on what it has checked itself, and trusts nothing that the package takes from anybody.</summary>
public sealed class RelayMailboxFilterTests
{
    private static readonly Gen<string> AnyText = Gen.OneOf(Gen.Char[' ', '~'], Gen.Char['\0', '\u00ff'], Gen.Char['\0', '\uffff']).Array[0, 12].Select(characters => new string(characters));

    private static readonly Mailbox Alice = new("alice", "b.example");
    private static readonly Mailbox Far = new("r", "far.example");
    private static readonly Mailbox Ours = new("r", "local.example");

    private static readonly RelayRuleSet Policy = RelayRuleSet.Create(
    [
        AtConnect("blocked", Condition.Client.In(NetworkSet.Parse("198.51.100.0/24"))),
        AtSender("no spoofing", Condition.Sender.In(DomainSet.Parse("spoofed.example"))),
        AtRecipient("users", Condition.Identity.IsAuthenticated),
        AtRecipient("office", Condition.Client.In(NetworkSet.Parse("192.0.2.0/24"))),
        AtRecipient("secure", Condition.Tls.IsOn & Condition.Recipient.In(DomainSet.Parse("tls.example"))),
        AtRecipient("submission", Condition.Client.Listener("587") & Condition.Recipient.In(DomainSet.Parse("submitted.example"))),
        AtRecipient("local", Condition.Recipient.IsLocal),
    ], new RelayRuleSetOptions { LocalDomains = Local });

    [Fact]
    public async Task Local_mail_is_taken_from_anyone() => Assert.Null(await AskAsync(new FakeSession(), Ours));

    [Fact]
    public async Task A_refusal_gives_the_reply_of_the_policy_and_keeps_the_session()
    {
        SmtpResponseException? refusal = await AskAsync(new FakeSession(), Far);
        Assert.Equal((550, "5.7.1 Relaying denied", false), ((int)refusal!.Response.ReplyCode, refusal.Response.Message, refusal.IsQuitRequested));
    }

    [Fact]
    public async Task A_client_of_a_trusted_network_relays() => Assert.Null(await AskAsync(new FakeSession("192.0.2.7"), Far));

    [Fact]
    public async Task A_client_that_may_not_connect_is_refused_at_MAIL_and_the_session_ends()
    {
        SmtpResponseException? refusal = await AskSenderAsync(new FakeSession("198.51.100.7"), Alice);
        Assert.Equal((554, true), ((int)refusal!.Response.ReplyCode, refusal.IsQuitRequested));
    }

    [Fact]
    public async Task A_sender_that_is_refused_is_refused_at_MAIL()
    {
        SmtpResponseException? refusal = await AskSenderAsync(new FakeSession(), new Mailbox("a", "spoofed.example"));
        Assert.Equal((550, false), ((int)refusal!.Response.ReplyCode, refusal.IsQuitRequested));
        Assert.Null(await AskSenderAsync(new FakeSession(), new Mailbox("", "")));
        Assert.Null(await AskSenderAsync(new FakeSession(), Alice));
    }

    [Fact]
    public async Task A_client_without_a_known_address_is_refused_where_it_matters() => Assert.NotNull(await AskAsync(new FakeSession(client: null), Far));

    [Fact]
    public async Task An_identity_counts_if_the_application_s_own_authenticator_has_let_it_in()
    {
        var session = new FakeSession();
        await session.AuthenticateAsync(new RelayUserAuthenticator(new Authenticator()), "alice");
        Assert.Null(await AskAsync(session, Far));
    }

    [Fact]
    public async Task The_default_authenticator_of_the_package_makes_nobody_known()
    {
        var session = new FakeSession();
        await session.AuthenticateAsync(new Authenticator(), "alice");
        Assert.True(session.Authentication.IsAuthenticated);
        Assert.NotNull(await AskAsync(session, Far));
    }

    [Fact]
    public async Task A_failed_AUTH_takes_an_identity_away()
    {
        var session = new FakeSession();
        await session.AuthenticateAsync(new RelayUserAuthenticator(new Authenticator()), "alice");
        await session.AuthenticateAsync(new RelayUserAuthenticator(new Authenticator(accepts: false)), "bob");
        session.Authentication = new SmtpServer.AuthenticationContext("bob");
        Assert.NotNull(await AskAsync(session, Far));
    }

    [Fact]
    public async Task Another_user_than_the_one_who_was_let_in_is_nobody()
    {
        var session = new FakeSession();
        await session.AuthenticateAsync(new RelayUserAuthenticator(new Authenticator()), "alice");
        session.Authentication = new SmtpServer.AuthenticationContext("root");
        Assert.NotNull(await AskAsync(session, Far));
    }

    [Fact]
    public async Task An_identity_that_predates_TLS_is_dropped()
    {
        var session = new FakeSession();
        await session.AuthenticateAsync(new RelayUserAuthenticator(new Authenticator()), "alice");
        session.IsSecure = true;
        Assert.NotNull(await AskAsync(session, Far));
        await session.AuthenticateAsync(new RelayUserAuthenticator(new Authenticator()), "alice");
        Assert.Null(await AskAsync(session, Far));
    }

    [Fact]
    public async Task An_identity_that_predates_a_PROXY_header_is_dropped()
    {
        var session = new FakeSession();
        await session.AuthenticateAsync(new RelayUserAuthenticator(new Authenticator()), "alice");
        session.Proxy("203.0.113.77");
        Assert.NotNull(await AskAsync(session, Far));
    }

    [Fact]
    public async Task Groups_come_from_the_application()
    {
        RelayRuleSet staff = RelayRuleSet.Create([AtRecipient("staff", Condition.Identity.Group("staff"))]);
        var session = new FakeSession();
        await session.AuthenticateAsync(new RelayUserAuthenticator(new Authenticator()), "alice");
        Assert.NotNull(await AskAsync(session, Far, policy: staff));
        Assert.Null(await AskAsync(session, Far, new RelayMailboxFilterOptions { GroupsOf = user => user == "alice" ? ["staff"] : [] }, staff));
    }

    [Theory]
    [InlineData("192.0.2.7", 25)]
    [InlineData("192.0.2.7", 587)]
    [InlineData("198.51.100.7", 25)]
    public async Task A_PROXY_header_is_ignored_unless_the_listener_and_the_proxy_are_named(string source, int port)
    {
        var session = new FakeSession("203.0.113.9", port);
        session.Proxy(source);
        Assert.NotNull(await AskAsync(session, Far));
        Assert.NotNull(await AskAsync(session, Far, Proxied("25", "203.0.113.10")));
        Assert.NotNull(await AskAsync(session, Far, Proxied("26", "203.0.113.9")));
        Assert.Null(await AskAsync(session, Ours));
    }

    [Fact]
    public async Task A_named_proxy_on_a_named_listener_is_believed()
    {
        var session = new FakeSession("203.0.113.9");
        session.Proxy("192.0.2.7");
        Assert.Null(await AskAsync(session, Far, Proxied("25", "203.0.113.9")));
        session.Proxy("198.51.100.7");
        Assert.True((await AskAsync(session, Ours, Proxied("25", "203.0.113.9")))!.IsQuitRequested);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Behind_a_named_proxy_a_client_without_an_address_is_unknown_and_never_the_proxy(bool sendsUnknown)
    {
        var session = new FakeSession("192.0.2.1");
        if (sendsUnknown) session.Proxy(null);
        Assert.NotNull(await AskAsync(session, Far, Proxied("25", "192.0.2.1")));
        Assert.Null(await AskAsync(session, Far));
    }

    [Fact]
    public async Task TLS_counts_but_not_that_of_a_proxy()
    {
        var tls = new Mailbox("r", "tls.example");
        Assert.NotNull(await AskAsync(new FakeSession(), tls));
        Assert.Null(await AskAsync(new FakeSession { IsSecure = true }, tls));
        var proxied = new FakeSession { IsSecure = true, BeginsWithTls = true };
        Assert.Null(await AskAsync(proxied, tls));
        proxied.Proxy("203.0.113.77");
        Assert.NotNull(await AskAsync(proxied, tls, Proxied("25", "203.0.113.9")));
    }

    [Fact]
    public async Task A_listener_is_named_by_its_port_unless_told_otherwise()
    {
        var submitted = new Mailbox("r", "submitted.example");
        Assert.Null(await AskAsync(new FakeSession(port: 587), submitted));
        Assert.NotNull(await AskAsync(new FakeSession(port: 25), submitted));
        Assert.Null(await AskAsync(new FakeSession(port: 25), submitted, new RelayMailboxFilterOptions { ListenerName = _ => "587" }));
    }

    [Theory]
    [InlineData("r\r\nRCPT TO:<x@far.example>", "local.example")]
    [InlineData("r\0", "local.example")]
    [InlineData("r", "local.example\r\n")]
    [InlineData("r", "local.example>")]
    [InlineData("r", "local.example>,<x@far.example")]
    [InlineData("r", "local.example.")]
    [InlineData("r", "local..example")]
    [InlineData("r", "far.example@local.example")]
    [InlineData("r", "")]
    [InlineData("", "local.example")]
    [InlineData("r", null)]
    [InlineData(null, null)]
    [InlineData("r", "[192.0.2.1")]
    [InlineData("r", "[::ffff:192.0.2.1]")]
    [InlineData("r\u00e9", "local.example")]
    public async Task An_address_that_is_none_is_refused_with_501(string? user, string? host)
    {
        SmtpResponseException? refusal = await AskAsync(new FakeSession("192.0.2.7"), new Mailbox(user!, host!));
        Assert.Equal(501, (int)refusal!.Response.ReplyCode);
        Assert.All(refusal.Response.Message, c => Assert.InRange(c, ' ', '~'));
    }

    [Theory]
    [InlineData("x%far.example")]
    [InlineData("x@far.example")]
    [InlineData("far.example!x")]
    [InlineData("|/bin/sh")]
    public async Task A_routed_recipient_is_refused(string user) => Assert.Equal(550, (int)(await AskAsync(new FakeSession(), new Mailbox(user, "local.example")))!.Response.ReplyCode);

    [Theory]
    [InlineData("a b", "local.example")]
    [InlineData("a\"b\\c", "local.example")]
    [InlineData("..", "LOCAL.example")]
    [InlineData("Postmaster", "")]
    public async Task A_quoted_local_part_and_the_bare_postmaster_are_read(string user, string host) => Assert.Null(await AskAsync(new FakeSession(), new Mailbox(user, host)));

    [Fact]
    public async Task Whatever_the_package_hands_out_only_a_local_domain_passes_for_a_stranger() =>
        await Gen.Select(AnyText, Gen.OneOf(AnyText, Gen.OneOfConst("local.example", "local.example ", "far.example,local.example", "[192.0.2.1]", "local\u3002example"))).SampleAsync(async parts =>
        {
            if (await AskAsync(new FakeSession(), new Mailbox(parts.Item1, parts.Item2)) is not null) return;
            Assert.True(string.Equals(parts.Item2, "local.example", StringComparison.OrdinalIgnoreCase) || (parts.Item2.Length == 0 && string.Equals(parts.Item1, "postmaster", StringComparison.OrdinalIgnoreCase)));
        });

    [Fact]
    public async Task Host_names_are_looked_up_once_for_a_client()
    {
        RelayRuleSet printers = RelayRuleSet.Create([AtRecipient("printers", Condition.Client.HostIn(DomainSet.Parse("*.printers.example")))]);
        int lookups = 0;
        var options = new RelayMailboxFilterOptions
        {
            ResolveHostNames = (client, _) =>
            {
                lookups++;
                return ValueTask.FromResult(client.WithHostNames(HostNameStatus.Confirmed, "a.printers.example"));
            },
        };
        var session = new FakeSession();
        Assert.Equal(451, (int)(await AskAsync(session, Far, policy: printers))!.Response.ReplyCode);
        Assert.Null(await AskAsync(session, Far, options, printers));
        Assert.Null(await AskAsync(session, Far, options, printers));
        Assert.Equal(1, lookups);
    }

    [Fact]
    public async Task A_resolver_cannot_change_the_client()
    {
        var options = new RelayMailboxFilterOptions { ResolveHostNames = (_, _) => ValueTask.FromResult(new ClientEndpoint(IPAddress.Parse("192.0.2.7")).WithHostNames(HostNameStatus.None)) };
        Assert.NotNull(await AskAsync(new FakeSession(), Far, options));
    }

    [Fact]
    public async Task A_fault_is_a_temporary_refusal_and_no_dropped_connection()
    {
        var options = new RelayMailboxFilterOptions { ListenerName = _ => throw new InvalidOperationException("broken") };
        SmtpResponseException? refusal = await AskAsync(new FakeSession("192.0.2.7"), Ours, options);
        Assert.Equal((451, "4.3.0 Temporary failure, try again later", false), ((int)refusal!.Response.ReplyCode, refusal.Response.Message, refusal.IsQuitRequested));
    }

    [Fact]
    public async Task Without_a_session_nothing_passes() => Assert.Equal(451, (int)(await AskAsync(null!, Ours))!.Response.ReplyCode);

    private static RelayMailboxFilterOptions Proxied(string listener, string proxy)
    {
        var options = new RelayMailboxFilterOptions { Proxies = NetworkSet.Parse(proxy) };
        options.ProxyListeners.Add(listener);
        return options;
    }

    // The refusal, or null if the recipient passes.
    [Theory]
    [InlineData(RelayAction.Continue, null)]
    [InlineData(RelayAction.Reject, "250 2.1.5 Recipient OK")]
    public async Task An_answer_that_makes_no_sense_passes_nothing(RelayAction action, string? reply)
    {
        var verdict = new RelayVerdict { Action = action };
        if (reply is not null) verdict = verdict with { Reply = SmtpReply.Parse(reply) };
        SmtpResponseException? refusal = await AskAsync(new FakeSession(), Ours, policy: new Always(verdict));
        Assert.Equal((451, "4.3.0 Temporary failure, try again later"), ((int)refusal!.Response.ReplyCode, refusal.Response.Message));
    }

    private static Task<SmtpResponseException?> AskAsync(FakeSession session, Mailbox to, RelayMailboxFilterOptions? options = null, IRelayDecision? policy = null) =>
        RefusalAsync(new RelayMailboxFilter(policy ?? Policy, options).CanDeliverToAsync(session, to, Alice, TestContext.Current.CancellationToken));

    private static Task<SmtpResponseException?> AskSenderAsync(FakeSession session, Mailbox from) =>
        RefusalAsync(new RelayMailboxFilter(Policy).CanAcceptFromAsync(session, from, 0, TestContext.Current.CancellationToken));

    private static async Task<SmtpResponseException?> RefusalAsync(Task<bool> answer)
    {
        try
        {
            Assert.True(await answer);
            return null;
        }
        catch (SmtpResponseException refusal)
        {
            return refusal;
        }
    }

    private sealed class Always(RelayVerdict verdict) : IRelayDecision
    {
        public RelayVerdict Evaluate(in RelayRequest request, RelayStage through) => verdict;
    }
}
