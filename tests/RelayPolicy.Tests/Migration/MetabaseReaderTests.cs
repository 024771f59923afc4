using System.Text;
using RelayPolicy.Migration;

namespace RelayPolicy.Tests;

public sealed class MetabaseReaderTests
{
    private const string Plain = "ServerComment=\"Relay \u00FC\" AuthFlags=\"1\"";

    public static TheoryData<string, bool> Encodings => new()
    {
        { "utf-8", false }, { "utf-8", true }, { "utf-16", false }, { "utf-16", true }, { "utf-16BE", false }, { "utf-16BE", true },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_metabase_is_read_in_every_encoding_with_and_without_a_byte_order_mark(string encoding, bool mark)
    {
        var encoder = Encoding.GetEncoding(encoding);
        byte[] bytes = [.. mark ? encoder.GetPreamble() : [], .. encoder.GetBytes(Metabases.Xml(Plain))];

        Assert.Equal("Relay \u00FC", IisSettings.ReadMetabase(new MemoryStream(bytes)).Servers.Single().Comment);
    }

    [Fact]
    public void A_stream_that_comes_byte_by_byte_is_read() =>
        Assert.Single(IisSettings.ReadMetabase(new DrippingStream(Encoding.Unicode.GetBytes(Metabases.Xml(Plain)))).Servers);

    [Fact]
    public void A_setting_keeps_its_name_its_place_and_its_value()
    {
        IisSetting setting = Assert.Single(Metabases.Server("RelayForAuth=\"0\"").Settings);

        Assert.Equal(new IisSetting("RelayForAuth", "/LM/SmtpSvc/1", "0"), setting);
        Assert.Equal("/LM/SmtpSvc/1 RelayForAuth", setting.Place);
    }

    [Theory]
    [InlineData("<IIsSmtpService Location=\"/LM/SmtpSvc\" AuthFlags=\"1\"/>", "/LM/SmtpSvc")]
    [InlineData("<IIsSmtpService Location=\"/lm/SMTPSVC/\" AUTHFLAGS=\"1\"/>", "/lm/SMTPSVC")]
    [InlineData("<IIsComputer Location=\"/LM\" AuthFlags=\"1\"/>", "/LM")]
    [InlineData("<IIS_ROOT Location=\"/\" AuthFlags=\"1\"/>", "")]
    public void A_server_inherits_from_its_parents(string parent, string location)
    {
        IisSetting setting = Assert.Single(Metabases.Server("", others: parent).Settings);

        Assert.Equal(new IisSetting("AuthFlags", location, "1") with { Name = setting.Name }, setting);
    }

    [Fact]
    public void The_nearest_key_wins()
    {
        const string parents = "<a Location=\"/LM\" AuthFlags=\"1\" RelayForAuth=\"1\" HopCount=\"1\"/><b Location=\"/LM/SmtpSvc\" AuthFlags=\"2\" RelayForAuth=\"2\"/>";

        Assert.Equal(["AuthFlags=3", "HopCount=1", "RelayForAuth=2"], Metabases.Server("AuthFlags=\"3\"", others: parents).Settings.Select(setting => $"{setting.Name}={setting.Value}"));
    }

    [Fact]
    public void What_other_services_have_in_common_with_SMTP_is_not_inherited() =>
        Assert.Empty(Metabases.Server("", others: "<a Location=\"/LM\" MaxBandwidth=\"1\"/><b Location=\"/LM/W3SVC\" AuthFlags=\"1\"/><c Location=\"/LM/SmtpSvcX\" AuthFlags=\"1\"/>").Settings);

    [Theory]
    [InlineData("Name=\"RelayForAuth\" ID=\"36973\" Value=\"1\" Type=\"DWORD\"")]
    [InlineData("Name=\"relayforauth\" Value=\"1\"")]
    [InlineData("ID=\"36973\" Value=\"1\"")]
    [InlineData("Name=\"UnknownName_36973\" ID=\"36973\" Value=\"1\" Attributes=\"NO_ATTRIBUTES\"")]
    public void A_child_is_a_setting_by_name_or_by_number(string child)
    {
        IisSetting setting = Assert.Single(Metabases.Server("", Metabases.Custom(child)).Settings);

        Assert.Equal(new IisSetting("RelayForAuth", "/LM/SmtpSvc/1", "1"), setting);
    }

    [Theory]
    [InlineData("ID=\"61554\" Value=\"1\"", "#61554")]
    [InlineData("Name=\"Strange\" ID=\"61554\" Value=\"1\"", "Strange")]
    [InlineData("Value=\"1\"", "(no name)")]
    public void A_setting_that_is_not_known_is_kept(string child, string name) => Assert.Equal(name, Assert.Single(Metabases.Server("", Metabases.Custom(child)).Settings).Name);

    [Theory]
    [InlineData("RelayForAuth=\"1\"", "Name=\"RelayForAuth\" Value=\"0\"", "several times with different values")]
    [InlineData("RelayForAuth=\"1\"", "ID=\"36973\" Value=\"0\"", "several times with different values")]
    [InlineData("", "Name=\"RelayForAuth\" ID=\"6000\" Value=\"1\"", "are those of different settings")]
    [InlineData("", "Name=\"RelayForAuth\" Value=\"1\" Attributes=\"INHERIT | SECURE\"", "its value is encrypted")]
    public void A_setting_that_contradicts_itself_has_a_problem(string server, string child, string problem) =>
        Assert.Contains(problem, Metabases.Server(server, Metabases.Custom(child)).Settings.Single(setting => setting.Name == "RelayForAuth").Problem);

    [Fact]
    public void A_setting_that_is_there_twice_with_the_same_value_has_no_problem() =>
        Assert.Null(Assert.Single(Metabases.Server("RelayForAuth=\"1\"", Metabases.Custom("Name=\"RelayForAuth\" Value=\"1\"")).Settings).Problem);

    [Theory]
    [InlineData("Attributes=\"INHERIT\"", null)]
    [InlineData("", null)]
    [InlineData("Attributes=\"NO_ATTRIBUTES\"", "does not say that it is inherited")]
    public void A_child_of_a_parent_is_inherited_unless_its_attributes_leave_that_out(string attributes, string? problem)
    {
        string service = $"<a Location=\"/LM/SmtpSvc\">{Metabases.Custom($"Name=\"RelayForAuth\" Value=\"1\" {attributes}")}</a>";
        string? found = Assert.Single(Metabases.Server("", others: service).Settings).Problem;
        if (problem is null) Assert.Null(found);
        else Assert.Contains(problem, found);
    }

    [Fact]
    public void A_server_has_its_domains_with_what_they_inherit_of_their_kind()
    {
        IisServer server = Metabases.Server(
            "AuthFlags=\"1\"",
            others: "<c Location=\"/lm/smtpsvc/1/domain\" RouteAction=\"2\"/>" + Metabases.Domain("b.example", "") + Metabases.Domain("*.a.example", "RouteAction=\"16\" RouteDomain=\"x\""));

        Assert.Equal(["*.a.example: RouteAction=16 RouteDomain=x", "b.example: RouteAction=2"], server.Domains.Select(domain =>
            $"{domain.Name}: {string.Join(' ', domain.Settings.Select(setting => $"{setting.Name}={setting.Value}"))}"));
    }

    [Fact]
    public void All_servers_are_read_in_the_order_of_their_numbers()
    {
        IisSettings settings = Metabases.Read(Metabases.Xml("", others: "<x Location=\"/LM/SmtpSvc/4294967295\"/><x Location=\"/LM/SmtpSvc/2\"/><x Location=\"/LM/SmtpSvc/Info\"/>"));

        Assert.Equal(["1", "2", "4294967295"], settings.Servers.Select(server => server.Id));
    }

    [Theory]
    [InlineData("", "Root element is missing")]
    [InlineData("hello", "line 1")]
    [InlineData(Metabases.Begin, "Unexpected end of file")]
    [InlineData(Metabases.Begin + Metabases.End, "there is no SMTP server in it (a key such as /LM/SmtpSvc/1)")]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x Location=\"/LM/SmtpSvc/1\" AuthFlags=\"&e;\"/>", "DTD is prohibited")]
    [InlineData("<x Location=\"/LM/SmtpSvc/1\" AuthFlags=\"&e;\"/>", "undeclared entity")]
    public void What_is_no_metabase_is_an_error_that_says_why(string text, string problem)
    {
        var exception = Assert.Throws<IisSettingsException>(() => Metabases.Read(text));
        Assert.StartsWith("the metabase: ", exception.Message);
        Assert.Contains(problem, exception.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; give the file MetaBase.xml", exception.Message);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_an_error() =>
        Assert.Throws<IisSettingsException>(() => IisSettings.ReadMetabase(new MemoryStream([.. Encoding.UTF8.GetBytes(Metabases.Xml("")), 0xff])));

    [Fact]
    public void A_tag_without_end_is_an_error_before_it_fills_the_memory() => AssertTooMuch("<x a=\"", "aaaaaaaaaaaaaaaa", "A tag or a text of the document is too long");

    [Fact]
    public void Elements_nested_without_end_are_an_error() => AssertTooMuch("<x>", "<x>", "nested deeper than 32");

    [Fact]
    public void Names_without_end_are_an_error() => AssertTooMuch("<x>", "<n{0}/>", "too many different names");

    [Fact]
    public void Settings_of_SMTP_without_end_are_an_error() => AssertTooMuch("<x>", "<y Location=\"/LM/SmtpSvc/{0}\" AuthFlags=\"" + new string('1', 4096) + "\"/>", "longer than 16777216 characters");

    private static void AssertTooMuch(string begin, string endless, string problem) =>
        Assert.Contains(problem, Assert.Throws<IisSettingsException>(() => IisSettings.ReadMetabase(new EndlessStream(begin, endless))).Message);

    private sealed class DrippingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(1, count));
    }
}
