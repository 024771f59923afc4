using System.Text;
using RelayPolicy.Iis;
using RelayPolicy.Migration;

namespace RelayPolicy.Tests;

public sealed class ExportReaderTests
{
    /// <summary>An export as the script prints it.</summary>
    public const string Export =
        """
        {
          "Format": "IIS SMTP policy export 1",
          "Computer": "SRV01",
          "Servers": [
            {
              "Id": "1",
              "Settings": { "AuthFlags": 3, "RelayForAuth": -1, "MaxRecipients": 200, "ServerBindings": [":25:", "192.168.1.25:2525:"], "ServerComment": "Relay" },
              "RelayIpList": {
                "GrantByDefault": false,
                "IPGrant": ["127.0.0.1, 255.255.255.255", "192.168.10.0, 255.255.255.0"],
                "IPDeny": [],
                "DomainGrant": ["printers.example"],
                "DomainDeny": []
              },
              "IPSecurity": null,
              "Domains": [ { "Name": "local.example", "Settings": { "RouteAction": 64 } }, { "Name": "*.hq.example", "Settings": { "RouteAction": 4096 } } ]
            }
          ]
        }
        """;

    public static TheoryData<string, bool> Encodings => MetabaseReaderTests.Encodings;

    [Theory]
    [MemberData(nameof(Encodings))]
    public void An_export_is_read_in_every_encoding_in_which_PowerShell_writes_it(string encoding, bool mark)
    {
        var encoder = Encoding.GetEncoding(encoding);
        byte[] bytes = [.. mark ? encoder.GetPreamble() : [], .. encoder.GetBytes(Export)];

        Assert.Equal("Relay", IisSettings.ReadExport(new MemoryStream(bytes)).Servers.Single().Comment);
    }

    [Fact]
    public void An_export_becomes_a_model()
    {
        IisSmtpModel model = Read(Export).ToPolicy(new() { TrustGuesses = true }).Model;

        Assert.Equal(
            new IisSmtpModel
            {
                Authentication = IisAuthentication.Anonymous | IisAuthentication.Basic,
                RelayRestrictions = new(IisListMode.OnlyTheList, IisListEntry.Computer("127.0.0.1"), IisListEntry.Group("192.168.10.0/24"), IisListEntry.Domain("printers.example")),
                LocalDomains = DomainSet.Parse("local.example"),
                RemoteDomains = [new("*.hq.example", AllowRelay: true)],
                Limits = new SmtpLimits { MaxRecipients = 200 },
            },
            model);
    }

    [Fact]
    public void Names_in_a_list_need_reverse_DNS_and_that_is_said() => Assert.Contains(
        Read(Export).ToPolicy().Findings, finding => finding is { Severity: IisFindingSeverity.Warning, Meaning: "domains in a list of clients: printers.example" });

    public static TheoryData<string, string, string> Lists => new()
    {
        { "false", "[]|[]|[]|[]", "Only the list below: (none)" },
        { "false", "[\"0.0.0.0, 255.255.255.255\"]|[]|[]|[]", "Only the list below: (none)" },
        { "false", "[\"192.0.2.7\"]|[]|[]|[]", "Only the list below: 192.0.2.7" },
        { "false", "[\"192.0.2.7, 255.255.255.0\"]|[]|[]|[]", "Only the list below: 192.0.2.0/24" },
        { "true", "[]|[\"192.0.2.7, 255.255.255.255\"]|[]|[\"bad.example\"]", "All except the list below: 192.0.2.7, bad.example" },
        { "false", "[]|[\"192.0.2.7, 255.255.255.255\"]|[]|[]", "and yet there are entries that are denied" },
        { "true", "[\"192.0.2.7, 255.255.255.255\"]|[]|[]|[]", "and yet there are entries that are granted" },
        { "false", "[\"192.0.2.7, 255.0.255.0\"]|[]|[]|[]", "the mask 255.0.255.0 is not contiguous" },
        { "false", "[\"192.0.2.7, 0.0.0.0\"]|[]|[]|[]", "cover" },
        { "false", "[\"192.0.2.x\"]|[]|[]|[]", "\"192.0.2.x\" is no address with a mask" },
        { "false", "[\"192.0.2.7, 255.255.255.0, 1\"]|[]|[]|[]", "is no address with a mask" },
        { "false", "[]|[]|[\"*.bad.example\"]|[]", "*.bad.example" },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_list_is_read_from_its_texts_or_refused(string grantByDefault, string lists, string expected)
    {
        string[] parts = lists.Split('|');
        string json = $$"""{ "GrantByDefault": {{grantByDefault}}, "IPGrant": {{parts[0]}}, "IPDeny": {{parts[1]}}, "DomainGrant": {{parts[2]}}, "DomainDeny": {{parts[3]}} }""";
        IpSecurityReading reading = Read(WithRelayList(json)).Servers[0].Settings.Single(setting => setting.Name == "RelayIpList").Exported!;

        Assert.Contains(expected, reading.List?.ToString() ?? reading.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_relay_list_that_grants_to_everybody_by_default_is_open_only_when_that_is_trusted()
    {
        const string open = """{ "GrantByDefault": true, "IPGrant": [], "IPDeny": [], "DomainGrant": [], "DomainDeny": [] }""";
        IisImport doubted = Read(WithRelayList(open)).ToPolicy();
        IisImport trusted = Read(WithRelayList(open)).ToPolicy(new() { TrustGuesses = true });

        Assert.Equal((IisListMode.OnlyTheList, IisFindingSeverity.Refused), (doubted.Model.RelayRestrictions.Mode, doubted.Findings[0].Severity));
        Assert.Equal((IisListMode.AllExceptTheList, IisFindingSeverity.Danger), (trusted.Model.RelayRestrictions.Mode, trusted.Findings[0].Severity));
    }

    [Fact]
    public void What_the_script_could_not_read_is_refused()
    {
        IisImport import = Read(WithRelayList("""{ "Error": "Access is denied." }""")).ToPolicy();

        Assert.Equal(IisFindingSeverity.Refused, import.Findings[0].Severity);
        Assert.Contains("the script could not read it (Access is denied.)", import.Findings[0].Meaning);
    }

    [Fact]
    public void A_list_that_is_null_is_not_set() =>
        Assert.Contains(Read(WithRelayList("null")).ToPolicy().Findings, finding => finding.Setting.EndsWith("RelayIpList", StringComparison.Ordinal) && finding.Meaning.StartsWith("not set", StringComparison.Ordinal));

    [Theory]
    [InlineData("", "it is no JSON")]
    [InlineData("[]", "it is no object")]
    [InlineData("{}", "/Format: it is missing")]
    [InlineData("""{ "Format": "x" }""", "/Format: it is no \"IIS SMTP policy export 1\"")]
    [InlineData("""{ "Format": "IIS SMTP policy export 1", "Servers": [] }""", "/Servers: there is no SMTP server")]
    [InlineData("""{ "Format": "IIS SMTP policy export 1", "Servers": [{ "Id": "one", "Settings": {} }] }""", "/Servers/0/Id: it is no number of a server")]
    [InlineData("""{ "Format": "IIS SMTP policy export 1", "Servers": [{ "Id": "1", "Settings": {} }] }""", "/Servers/0/RelayIpList: it is missing")]
    [InlineData("""{ "Format": "IIS SMTP policy export 1", "Servers": [{ "Id": "1", "Settings": {}, "X": 1 }] }""", "/Servers/0/X: the key is unknown")]
    [InlineData("""{ "Format": "IIS SMTP policy export 1", "Servers": [{ "Id": "1", "Settings": { "AuthFlags": null } }] }""", "/Servers/0/Settings/AuthFlags: it is null")]
    [InlineData("""{ "Format": "IIS SMTP policy export 1", "Servers": [{ "Id": "1", "Settings": { "A": 1, "a": 1 } }] }""", "/Servers/0/Settings/a: the key is there twice")]
    public void What_the_script_never_prints_is_an_error_with_its_place(string json, string problem)
    {
        var exception = Assert.Throws<IisSettingsException>(() => Read(json));
        Assert.StartsWith("the export", exception.Message);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("give the output of Export-IisSmtpPolicy.ps1 unchanged", exception.Message);
    }

    private static IisSettings Read(string json) => IisSettings.ReadExport(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    private static string WithRelayList(string json)
    {
        int start = Export.IndexOf("\"RelayIpList\":", StringComparison.Ordinal) + "\"RelayIpList\":".Length;
        return Export[..start] + json + Export[Export.IndexOf(",\n", Export.IndexOf("\"DomainDeny\"", StringComparison.Ordinal), StringComparison.Ordinal)..];
    }
}
