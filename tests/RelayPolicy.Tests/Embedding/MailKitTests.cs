using System.Net;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using RelayPolicy.Smtp;

namespace RelayPolicy.Tests;

/// <summary>MailKit's client against the host of the documentation.</summary>
public sealed class MailKitTests
{
    private static readonly NetworkCredential Alice = new("alice", "wonderland");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_to_a_local_mailbox_is_stored()
    {
        await using var host = new RunningHost();
        using SmtpClient client = await ConnectAsync(host, SecureSocketOptions.None);
        await client.SendAsync(MailClients.Message("r@local.example"), Stop);
        await client.DisconnectAsync(quit: true, Stop);
        StoredMessage stored = Assert.Single(host.Messages);
        Assert.Equal("<r@local.example>", Assert.Single(stored.Transaction.Recipients).ForwardPath.ToString());
        Assert.StartsWith("Received: from ", stored.Text, StringComparison.Ordinal);
        Assert.Contains("([127.0.0.1])\r\n\tby mx.local.example with ESMTP\r\n\tfor <r@local.example>;", stored.Text, StringComparison.Ordinal);
        Assert.Contains("\r\n.dot at the beginning\r\n", stored.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Relaying_is_refused_to_a_stranger_and_granted_to_a_user_under_TLS()
    {
        await using var host = new RunningHost();
        using SmtpClient client = await ConnectAsync(host, SecureSocketOptions.StartTls);
        SmtpCommandException refused = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(MailClients.Message("r@far.example"), Stop));
        Assert.Equal(SmtpStatusCode.MailboxUnavailable, refused.StatusCode);
        await client.AuthenticateAsync(new SaslMechanismPlain(Alice), Stop);
        await client.SendAsync(MailClients.Message("r@far.example"), Stop);
        Assert.Contains(" with ESMTPSA\r\n", Assert.Single(host.Messages).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    [InlineData("SCRAM-SHA-256")]
    public async Task Every_mechanism_authenticates_and_a_wrong_password_does_not(string mechanism)
    {
        await using var host = new RunningHost();
        using SmtpClient client = await ConnectAsync(host, SecureSocketOptions.StartTls);
        Assert.Contains(mechanism, client.AuthenticationMechanisms);
        await Assert.ThrowsAsync<AuthenticationException>(() => client.AuthenticateAsync(MailClients.Mechanism(mechanism, new NetworkCredential("alice", "wrong")), Stop));
        await Assert.ThrowsAsync<AuthenticationException>(() => client.AuthenticateAsync(MailClients.Mechanism(mechanism, new NetworkCredential("nobody", "wonderland")), Stop));
        await Assert.ThrowsAsync<AuthenticationException>(() => client.AuthenticateAsync(MailClients.Mechanism(mechanism, new NetworkCredential("broken", "wonderland")), Stop));
        await client.AuthenticateAsync(MailClients.Mechanism(mechanism, Alice), Stop);
        Assert.True(client.IsAuthenticated);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Content_comes_in_chunks_where_they_are_offered(bool offered)
    {
        await using var host = new RunningHost(RunningHost.Options(offered ? SmtpExtensions.Chunking : SmtpExtensions.Size));
        using SmtpClient client = await ConnectAsync(host, SecureSocketOptions.None, new ChunkingClient());
        await client.SendAsync(MailClients.Message("r@local.example"), Stop);
        Assert.Equal(offered, Assert.Single(host.Messages).IsChunked);
        Assert.Contains("\r\n.dot at the beginning\r\n", host.Messages[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_recipients_come_in_a_pipeline()
    {
        await using var host = new RunningHost();
        using SmtpClient client = await ConnectAsync(host, SecureSocketOptions.None);
        Assert.True(client.Capabilities.HasFlag(SmtpCapabilities.Pipelining));
        await client.SendAsync(MailClients.Message([.. Enumerable.Range(0, 100).Select(i => $"r{i}@local.example")]), Stop);
        Assert.Equal(100, Assert.Single(host.Messages).Transaction.Recipients.Count);
        Assert.DoesNotContain("\tfor ", host.Messages[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DSN_parameters_arrive()
    {
        await using var host = new RunningHost();
        using SmtpClient client = await ConnectAsync(host, SecureSocketOptions.None, new DsnClient());
        await client.SendAsync(MailClients.Message("r@local.example"), Stop);
        SmtpTransaction transaction = Assert.Single(host.Messages).Transaction;
        Assert.Equal(DsnNotify.Failure | DsnNotify.Delay, transaction.Recipients[0].Notify);
        Assert.Equal("rfc822;r@local.example", transaction.Recipients[0].OriginalRecipient);
        Assert.Equal("id-1", transaction.Mail.EnvelopeId);
    }

    [Fact]
    public async Task Internationalised_addresses_arrive_under_SMTPUTF8()
    {
        await using var host = new RunningHost();
        using SmtpClient client = await ConnectAsync(host, SecureSocketOptions.None);
        FormatOptions format = FormatOptions.Default.Clone();
        format.International = true;
        await client.SendAsync(format, MailClients.Message("j\u00F8ran@local.example"), Stop);
        StoredMessage stored = Assert.Single(host.Messages);
        Assert.True(stored.Transaction.Mail.SmtpUtf8);
        Assert.Equal("j\u00F8ran", stored.Transaction.Recipients[0].ForwardPath.LocalPart);
        Assert.Contains(" with UTF8SMTP", stored.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_fails_is_told_and_the_session_goes_on()
    {
        await using var host = new RunningHost();
        using SmtpClient client = await ConnectAsync(host, SecureSocketOptions.None);
        MimeMessage message = MailClients.Message("r@local.example");
        message.Subject = "disk full";
        SmtpCommandException failed = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(message, Stop));
        Assert.Equal(451, (int)failed.StatusCode);
        message.Subject = "again";
        await client.SendAsync(message, Stop);
        Assert.Contains("Subject: again", Assert.Single(host.Messages).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_over_its_limit_is_refused_at_MAIL()
    {
        await using var host = new RunningHost();
        using SmtpClient client = await ConnectAsync(host, SecureSocketOptions.None);
        MimeMessage message = MailClients.Message("r@local.example");
        message.Body = new TextPart("plain") { Text = new string('x', 3_000_000) };
        SmtpCommandException failed = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(message, Stop));
        Assert.Equal(SmtpStatusCode.ExceededStorageAllocation, failed.StatusCode);
    }

    private static Task<SmtpClient> ConnectAsync(RunningHost host, SecureSocketOptions security, SmtpClient? client = null) =>
        MailClients.ConnectAsync(client ?? new SmtpClient(), host.Port, security, "mx.local.example");
}
