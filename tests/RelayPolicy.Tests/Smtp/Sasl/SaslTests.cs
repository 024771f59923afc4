using System.Security.Cryptography;
using System.Text;
using RelayPolicy.Smtp.Sasl;

namespace RelayPolicy.Tests;

/// <summary>The mechanisms, each with a verifier and with a host that checks passwords itself.</summary>
public sealed class SaslTests
{
    [Fact]
    public void SCRAM_gives_the_messages_of_RFC_7677()
    {
        // RFC 7677 §3: user "user", password "pencil".
        byte[] salt = Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ==");
        byte[] salted = Rfc2898DeriveBytes.Pbkdf2("pencil", salt, 4096, HashAlgorithmName.SHA256, 32);
        var verifier = ScramVerifier.FromKeys(4096, salt, SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8)), HMACSHA256.HashData(salted, "Server Key"u8));
        var exchange = new ScramExchange(() => "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0");
        Assert.Equal("user", exchange.Respond("n,,n=user,r=rOprNGfwEbeRWgbNEkqO"u8).Credentials!.User);
        Assert.Equal(
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
            Encoding.ASCII.GetString(exchange.Answer(SaslAnswer.Verifier(verifier)).Data));
        SaslTurn last = exchange.Respond("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="u8);
        Assert.Equal("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", Encoding.ASCII.GetString(last.Data));
        Assert.Equal(("user", "SCRAM-SHA-256"), (exchange.Respond([]).Identity!.User, "SCRAM-SHA-256"));
    }

    [Theory]
    [InlineData("p=tls-unique,,n=user,r=x")]
    [InlineData("n,a=other,n=user,r=x")]
    [InlineData("n,,n=,r=x")]
    [InlineData("n,,n=us=er,r=x")]
    [InlineData("n,,n=user,r=")]
    [InlineData("n,,n=user,r=x y")]
    [InlineData("n,,m=ext,n=user,r=x")]
    [InlineData("n,,n=user,r=x,ext=1")]
    [InlineData("n,,r=x,n=user")]
    [InlineData("")]
    public void A_bad_first_message_of_SCRAM_fails(string message) =>
        Assert.Equal(SaslTurnKind.Failure, new ScramExchange(() => "s").Respond(Encoding.UTF8.GetBytes(message)).Kind);

    [Theory]
    [InlineData("n,,n=a=2Cb=3Dc,r=x", "a,b=c")]
    [InlineData("y,a=user,n=user,r=x", "user")]
    public void A_name_of_SCRAM_is_decoded(string message, string user) =>
        Assert.Equal(user, new ScramExchange(() => "s").Respond(Encoding.UTF8.GetBytes(message)).Credentials!.User);

    [Fact]
    public void A_user_who_does_not_exist_gets_the_same_salt_each_time_and_no_success()
    {
        string[] firsts = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            var exchange = new ScramExchange(() => "s");
            exchange.Respond("n,,n=nobody,r=x"u8);
            string first = Encoding.ASCII.GetString(exchange.Answer(SaslAnswer.Verifier(null)).Data);
            Assert.Equal(SaslTurnKind.Failure, exchange.Respond(Encoding.ASCII.GetBytes($"c=biws,r=xs,p={Convert.ToBase64String(new byte[32])}")).Kind);
            return first;
        })];
        Assert.Equal(firsts[0], firsts[1]);
    }

    [Fact]
    public void A_host_that_checks_passwords_itself_cannot_answer_for_SCRAM()
    {
        var exchange = new ScramExchange(() => "s");
        exchange.Respond("n,,n=alice,r=x"u8);
        exchange.Answer(SaslAnswer.PasswordIsRight());
        Assert.Equal(SaslTurnKind.Failure, exchange.Respond(Encoding.ASCII.GetBytes($"c=biws,r=xs,p={Convert.ToBase64String(new byte[32])}")).Kind);
    }

    [Theory]
    [InlineData(true, "235 2.7.0 Authentication successful")]
    [InlineData(false, "535 5.7.8 Authentication credentials invalid")]
    public void A_host_may_check_the_password_itself(bool right, string reply)
    {
        SaslCredentials? asked = null;
        var host = new SessionHost
        {
            CheckCredentials = credentials =>
            {
                asked = credentials;
                return right ? SaslAnswer.PasswordIsRight(["staff"]) : SaslAnswer.Reject;
            },
        };
        host.Connect();
        host.Say("EHLO c.example", "AUTH LOGIN YWxpY2U=");
        Assert.Equal(reply, host.Line("d29uZGVybGFuZA=="));
        Assert.Equal(("LOGIN", "alice", "wonderland"), (asked!.Mechanism, asked.User, asked.Password));
        Assert.DoesNotContain("wonderland", asked.ToString(), StringComparison.Ordinal);
        Assert.Equal(right ? ["staff"] : [], host.Session.Identity.Groups);
    }

    [Fact]
    public void A_user_database_that_fails_is_454()
    {
        var host = new SessionHost { CheckCredentials = _ => SaslAnswer.Unavailable };
        host.Connect();
        Assert.Equal("454 4.7.0 Temporary authentication failure", host.Say("EHLO c.example").Line("AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ="));
        Assert.False(host.Session.Identity.IsAuthenticated);
    }

    [Fact]
    public void A_verifier_is_read_as_it_is_printed()
    {
        Assert.True(ScramVerifier.TryParse(SessionHost.AliceVerifier.ToString(), out ScramVerifier? verifier));
        Assert.Equal(SessionHost.AliceVerifier.ToString(), verifier.ToString());
        Assert.True(verifier.IsPassword("wonderland"));
        Assert.False(verifier.IsPassword("Wonderland"));
        Assert.False(verifier.IsPassword(""));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("SCRAM-SHA-256$4095:AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("SCRAM-SHA-256$4096:$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("SCRAM-SHA-256$4096:AAAA$AAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("SCRAM-SHA-1$4096:AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("SCRAM-SHA-256:4096$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void What_is_no_verifier_is_not_read(string? text) => Assert.False(ScramVerifier.TryParse(text, out _));

    [Fact]
    public void A_verifier_has_enough_iterations_and_a_password()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ScramVerifier.Create("x", 4095));
        Assert.Throws<ArgumentException>(() => ScramVerifier.Create(""));
        Assert.Throws<ArgumentException>(() => ScramVerifier.FromKeys(4096, [], new byte[32], new byte[32]));
        Assert.Throws<ArgumentException>(() => ScramVerifier.FromKeys(4096, [1], new byte[31], new byte[32]));
    }

    [Fact]
    public void A_name_that_nobody_has_looks_like_a_user_and_the_same_each_time()
    {
        byte[] secret = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];
        ScramVerifier first = ScramVerifier.ForUnknownUser("nobody", secret, iterations: 15_000);
        ScramVerifier second = ScramVerifier.ForUnknownUser("nobody", secret, iterations: 15_000);
        Assert.Equal(15_000, first.Iterations);
        Assert.Equal(ScramVerifier.Create("x").Salt.Length, first.Salt.Length);
        Assert.Equal(first.Salt, second.Salt);
        Assert.False(first.Salt.SequenceEqual(ScramVerifier.ForUnknownUser("somebody", secret).Salt));
        Assert.False(first.Salt.SequenceEqual(ScramVerifier.ForUnknownUser("nobody", [.. Enumerable.Reverse(secret)]).Salt));
        Assert.False(first.IsPassword(""));
        Assert.False(first.StoredKey.SequenceEqual(second.StoredKey)); // so that nothing proves it
    }

    [Fact]
    public void A_secret_for_unknown_names_is_long_enough() =>
        Assert.Throws<ArgumentException>(() => ScramVerifier.ForUnknownUser("nobody", new byte[15]));
}
