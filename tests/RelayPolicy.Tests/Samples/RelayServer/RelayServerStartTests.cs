#if NET10_0_OR_GREATER
using System.Text.Json.Nodes;
using RelayPolicy.Smtp.Sasl;

namespace RelayPolicy.Tests.Samples;

/// <summary>The command line and the settings: what is wrong is said, all of it, and then nothing listens.</summary>
public sealed class RelayServerStartTests
{
    [Fact]
    public async Task It_prints_its_policy_where_mail_goes_and_where_it_listens()
    {
        using var folder = new ServerFolder();
        await using RunningServer server = await RunningServer.StartAsync(folder);
        Assert.Contains(server.Output, line => line.Contains("\"office\": accept when Client.In(", StringComparison.Ordinal));
        Assert.Contains($"local mail: {folder.PathOf("data/maildir")}", server.Output);
        Assert.Contains($"listening: smtp {server.Smtp}", server.Output);
        Assert.NotEqual(0, server.Smtp.Port);
    }

    [Fact]
    public async Task Addresses_of_the_command_line_take_the_place_of_those_of_the_settings()
    {
        using var folder = new ServerFolder();
        await using RunningServer server = await RunningServer.StartAsync(folder, "--listen", "127.0.0.5:0", "--listen", "submission=127.0.0.6:0");
        Assert.Equal("127.0.0.5", server.Smtp.Address.ToString());
        using RawClient client = await RawClient.GreetAsync(server.Submission);
        Assert.StartsWith("220 ", await client.SayAsync("STARTTLS"));
    }

    [Fact]
    public async Task A_policy_of_the_command_line_takes_the_place_of_that_of_the_settings()
    {
        using var folder = new ServerFolder();
        folder.Write("other.json", """{ "LocalDomains": ["other.example"], "Rules": [ { "Name": "other", "Stage": "Recipient", "Action": "Accept", "When": { "Recipient.IsLocal": true } } ] }""");
        await using RunningServer server = await RunningServer.StartAsync(folder, "--policy", folder.PathOf("other.json"));
        using RawClient client = await RawClient.GreetAsync(server.Smtp);
        await client.SayAsync("MAIL FROM:<>");
        Assert.StartsWith("250 ", await client.SayAsync("RCPT TO:<r@other.example>"));
        Assert.StartsWith("550 ", await client.SayAsync("RCPT TO:<r@example.com>"));
    }

    [Fact]
    public async Task A_second_server_does_not_start_in_the_same_folder()
    {
        using var folder = new ServerFolder();
        await using RunningServer server = await RunningServer.StartAsync(folder);
        SampleProgram.Result second = SampleProgram.RelayServer.Run("--config", folder.PathOf("relayserver.json"));
        Assert.Equal(1, second.ExitCode);
        Assert.Contains(second.Errors, error => error.EndsWith("lock: another RelayServer uses this DataFolder; give each its own", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var folder = new ServerFolder();
        using var other = new ServerFolder();
        await using RunningServer server = await RunningServer.StartAsync(folder);
        SampleProgram.Result second = SampleProgram.RelayServer.Run("--config", other.PathOf("relayserver.json"), "--listen", server.Smtp.ToString());
        Assert.Equal(1, second.ExitCode);
        Assert.Contains(second.Errors, error => error == $"Server:Listeners:0:Address: {server.Smtp} is in use; another server listens there");
    }

    [Fact]
    public void A_password_becomes_a_verifier_that_knows_it()
    {
        SampleProgram.Result result = SampleProgram.RelayServer.Feed("w\u00F6nderland\n", "--hash-password");
        Assert.Equal(0, result.ExitCode);
        Assert.True(ScramVerifier.TryParse(Assert.Single(result.Output), out ScramVerifier? verifier));
        Assert.True(verifier.IsPassword("w\u00F6nderland"));
        Assert.NotEqual(result.Output, SampleProgram.RelayServer.Feed("w\u00F6nderland\n", "--hash-password").Output);
    }

    [Fact]
    public void No_password_is_an_error()
    {
        SampleProgram.Result result = SampleProgram.RelayServer.Feed("", "--hash-password");
        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("--port", "\"--port\" is no option")]
    [InlineData("--listen", "--listen needs a value")]
    [InlineData("--listen 25", "no address with a port")]
    [InlineData("--listen 192.168.1:25", "no address with a port")]
    [InlineData("--listen 0300.0.2.1:25", "no address with a port")]
    [InlineData("--listen 2001:db8::1:25", "no address with a port")]
    [InlineData("--listen 192.0.2.1", "no address with a port")]
    [InlineData("--listen localhost:25", "no address with a port")]
    [InlineData("--listen =127.0.0.1:0", "no address with a port")]
    [InlineData("--listen 127.0.0.1:65536", "no address with a port")]
    [InlineData("--proxy-from 10.0.0.1/24", "--proxy-from: ")]
    [InlineData("--proxy-from 0.0.0.0/0", "--proxy-from: together the entries cover every IPv4")]
    [InlineData("--xclient-from Everyone", "XclientFrom names half the world")]
    [InlineData("--xclient-from 0.0.0.0/1", "XclientFrom names half the world")]
    [InlineData("--xclient-from 2001::/16", "XclientFrom names half the world")]
    [InlineData("--config a --config b", "--config is given twice")]
    [InlineData("--config no-such-file.json", "no-such-file.json")]
    public void A_wrong_command_line_is_named(string args, string complaint)
    {
        SampleProgram.Result result = SampleProgram.RelayServer.Run(args.Split(' '));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(complaint, string.Join('\n', result.Errors));
    }

    [Fact]
    public void Every_error_of_the_settings_is_said_with_its_key()
    {
        using var folder = new ServerFolder(settings =>
        {
            settings["HostName"] = "not a name";
            settings.Remove("Certificate");
            settings["Listners"] = new JsonArray("x");
            settings["Listeners"]![0]!["ProxyFrom"] = "";
            settings["SmtpUtf8"] = "yes";
            settings["Listeners"]![0]!["Auth"] = true;
            settings["Listeners"]![0]!["StartTLSS"] = true;
            settings["Listeners"]![1]!["Address"] = "somewhere";
            settings["Listeners"]![1]!["XclientFrom"] = new JsonArray("0.0.0.0/0");
            settings["Users"]!["alice"]!["Verifier"] = "wonderland";
            settings["Users"]!["bob"] = "secret";
            settings["SmartHost"] = new JsonObject { ["Host"] = "smart.example", ["User"] = "me", ["Security"] = "StartTlsWhenAvailable", ["Port"] = "smtp", ["Deadline"] = 30 };
            settings["Dns"] = new JsonObject { ["Servers"] = new JsonArray("dns.example"), ["Deadline"] = "1.00:00:00" };
        });
        SampleProgram.Result result = SampleProgram.RelayServer.Run("--config", folder.PathOf("relayserver.json"));
        Assert.Equal(1, result.ExitCode);
        string[] places =
        [
            "HostName: ", "Listners is no setting; write one of HostName, ", "SmtpUtf8 is neither true nor false", "Listeners:0:Auth ", "Listeners:0:StartTLSS is no setting", "Listeners:0:ProxyFrom is empty; leave it out", "Listeners:1:Address: ",
            "Listeners:1:StartTls needs a certificate", "Listeners:1:XclientFrom: ", "Users:alice:Verifier is no stored password", "Users:bob is a value where keys are expected; write { \"Verifier\": ..., \"Groups\": ... }",
            "SmartHost:Security is none of StartTls, SslOnConnect, None", "SmartHost:Port is no whole number", "SmartHost:Deadline is no time; write 00:00:30", "SmartHost:User and Password belong together", "Dns:Servers: ", "Dns:Deadline: ",
        ];
        foreach (string place in places) Assert.Contains(result.Errors, error => error.StartsWith("Server:" + place, StringComparison.Ordinal));
        Assert.Equal(places.Length, result.Errors.Length);
        Assert.DoesNotContain(result.Errors, error => error.Contains("secret", StringComparison.Ordinal) || error.Contains("wonderland", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{ \"Server\":\n  { \"HostName\" \"x\" } }", "line 2, byte 16: it is no JSON; see whether a comma")]
    [InlineData("{ \"Server\": { \"DataFolder\": \"C:\\mail\" } }", "line 1, byte 33: it is no JSON; write \\\\ or / in paths")]
    [InlineData("{ \"Servr\": { \"HostName\": \"x\" } }", "Servr is no section; write one of RelayPolicy, Server, Logging")]
    public void Settings_that_cannot_be_read_are_named_with_the_place(string settings, string complaint)
    {
        using var folder = new ServerFolder();
        folder.Write("relayserver.json", settings);
        SampleProgram.Result result = SampleProgram.RelayServer.Run("--config", folder.PathOf("relayserver.json"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(complaint, Assert.Single(result.Errors));
    }

    [Fact]
    public void An_address_that_is_not_of_this_machine_is_named_and_so_is_one_given_twice()
    {
        using var folder = new ServerFolder(settings => settings["Listeners"]![0]!["Address"] = "192.0.2.1:2525");
        SampleProgram.Result result = SampleProgram.RelayServer.Run("--config", folder.PathOf("relayserver.json"));
        Assert.Equal((1, "Server:Listeners:0:Address: 192.0.2.1:2525 is no address of this machine"), (result.ExitCode, Assert.Single(result.Errors)));
        SampleProgram.Result twice = SampleProgram.RelayServer.Run("--config", folder.PathOf("relayserver.json"), "--listen", "127.0.0.1:2999", "--listen", "submission=127.0.0.1:2999");
        Assert.StartsWith("Server:Listeners:1:Address: another listener has 127.0.0.1:2999 too", Assert.Single(twice.Errors));
    }

    [Fact]
    public void A_certificate_that_cannot_be_read_is_named_with_the_mend()
    {
        using var folder = new ServerFolder(settings => settings["Certificate"] = new JsonObject { ["File"] = "relay.pem" });
        folder.Write("relay.pem", "-----BEGIN CERTIFICATE-----");
        string error = Assert.Single(SampleProgram.RelayServer.Run("--config", folder.PathOf("relayserver.json")).Errors, IsNoLog);
        Assert.StartsWith("Server:Certificate: ", error);
        Assert.EndsWith("of a PEM file name the KeyFile too", error);
    }

    [Theory]
    [InlineData("[null]", "Server:Listeners:0:ProxyFrom:0 is empty")]
    [InlineData("[\"\"]", "Server:Listeners:0:ProxyFrom: ")]
    [InlineData("[]", "Server:Listeners:0:ProxyFrom is empty")]
    [InlineData("null", "Server:Listeners:0:ProxyFrom is empty")]
    public void Proxies_that_are_named_and_are_none_do_not_open_the_listener_to_everybody(string proxies, string complaint)
    {
        using var folder = new ServerFolder(settings => settings["Listeners"]![0]!["ProxyFrom"] = JsonNode.Parse(proxies));
        SampleProgram.Result result = SampleProgram.RelayServer.Run("--config", folder.PathOf("relayserver.json"), "--policy", folder.PathOf("none.json"));
        Assert.StartsWith(complaint, Assert.Single(result.Errors));
    }

    [Theory]
    [InlineData("SmartHost", "{}", "Server:SmartHost is empty; leave it out")]
    [InlineData("SmartHost", "null", "Server:SmartHost is empty; leave it out")]
    [InlineData("SmartHost", "{ \"Port\": 25 }", "Server:SmartHost:Host: ")]
    [InlineData("Users", "{}", "Server:Listeners:1:Auth is set, and there are no Users")]
    [InlineData("Users", "{ \"alice\": { \"Verifier\": \"SCRAM-SHA-256$2147483647:AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\" } }", "Server:Users:alice:Verifier has 2147483647 iterations")]
    public void What_is_there_and_says_nothing_is_an_error(string key, string value, string complaint)
    {
        using var folder = new ServerFolder(settings => settings[key] = JsonNode.Parse(value));
        Assert.StartsWith(complaint, Assert.Single(SampleProgram.RelayServer.Run("--config", folder.PathOf("relayserver.json")).Errors));
    }

    [Fact]
    public void Every_error_of_the_policy_is_said_and_nothing_starts()
    {
        using var folder = new ServerFolder(policy: """{ "LocalDomains": [], "Rules": [ { "Name": "x" } ] }""");
        SampleProgram.Result result = SampleProgram.RelayServer.Run("--config", folder.PathOf("relayserver.json"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(result.Errors, error => error.StartsWith("policy.json: /LocalDomains: ", StringComparison.Ordinal));
        Assert.Contains(result.Errors, error => error.Contains("/Rules/0", StringComparison.Ordinal));
    }

    private static bool IsNoLog(string error) => !error.Contains(" info: ", StringComparison.Ordinal);
}
#endif
