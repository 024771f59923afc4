#if NET10_0_OR_GREATER
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace RelayPolicy.Tests.Samples;

/// <summary>One relay server is the smart host of another: STARTTLS, a certificate that must be right, user and password.</summary>
public sealed class RelayServerChainTests : IAsyncLifetime
{
    private readonly ServerFolder _hostFolder = new(settings => settings["Certificate"] = new JsonObject { ["File"] = "host.crt", ["KeyFile"] = "host.key" });
    private ServerFolder? _folder;
    private RunningServer _host = null!;
    private RunningServer? _server;

    public async ValueTask InitializeAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + RunningServer.HostName, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        _hostFolder.Write("host.crt", certificate.ExportCertificatePem());
        _hostFolder.Write("host.key", key.ExportPkcs8PrivateKeyPem());
        _host = await RunningServer.StartAsync(_hostFolder);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        await _host.DisposeAsync();
        _hostFolder.Dispose();
        _folder?.Dispose();
    }

    [Theory]
    [InlineData(true, RunningServer.Password, "250 ", 1)]
    [InlineData(true, "wrong", "451 4.4.1 ", 0)]
    [InlineData(false, RunningServer.Password, "451 4.4.1 ", 0)]
    public async Task A_message_goes_on_under_TLS_as_the_user_to_a_host_that_is_trusted(bool isTrusted, string password, string reply, int arrived)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Whom a program trusts is set for it alone on Linux only.");
        _folder = new ServerFolder(settings => settings["SmartHost"] = new JsonObject { ["Host"] = "127.0.0.1", ["Port"] = _host.Submission.Port, ["User"] = RunningServer.User, ["Deadline"] = "00:00:30" });
        var environment = new Dictionary<string, string> { ["RELAYSERVER_Server__SmartHost__Password"] = password };
        if (isTrusted) environment["SSL_CERT_FILE"] = _hostFolder.PathOf("host.crt");
        _server = await RunningServer.StartAsync(_folder, environment);
        using RawClient client = await RawClient.GreetAsync(_server.Smtp, from: "127.0.0.2");
        Assert.StartsWith(reply, await client.SendAsync("Subject: on\r\n\r\nhello", "r@far.example"));
        Assert.Equal(arrived, _hostFolder.Spool.Length);
        Assert.All(_hostFolder.Spool, message => Assert.Contains(" with ESMTPSA id ", message));
    }
}
#endif
