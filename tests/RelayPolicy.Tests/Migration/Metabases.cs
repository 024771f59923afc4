using System.Text;
using RelayPolicy.Migration;

namespace RelayPolicy.Tests;

/// <summary>Metabases for the tests.</summary>
internal static class Metabases
{
    public const string Begin = "<?xml version=\"1.0\"?>\n<configuration xmlns=\"urn:microsoft-catalog:XML_Metabase_V64_0\">\n<MBProperty>\n";
    public const string End = "</MBProperty>\n</configuration>\n";

    /// <summary>A metabase with one server.</summary>
    /// <param name="server">The attributes of the server.</param>
    /// <param name="customs">The children of the server.</param>
    /// <param name="others">Further keys.</param>
    public static string Xml(string server, string customs = "", string others = "") =>
        $"{Begin}<IIsSmtpServer\tLocation =\"/LM/SmtpSvc/1\"\n\t\t{server}\n\t>\n{customs}</IIsSmtpServer>\n{others}{End}";

    public static IisSettings Read(string xml) => IisSettings.ReadMetabase(new MemoryStream(Encoding.UTF8.GetBytes(xml)));

    public static IisServer Server(string server, string customs = "", string others = "") => Read(Xml(server, customs, others)).Servers.Single();

    public static IisImport Import(string server, string customs = "", string others = "", IisImportOptions? options = null) => Read(Xml(server, customs, others)).ToPolicy(options);

    /// <summary>The server with a local domain and all ways in, so that a setting is the only thing about which something is to be said.</summary>
    public static IisImport ImportQuiet(string attribute, IisImportOptions? options = null) => Import(
        attribute + (attribute.Contains("AuthFlags", StringComparison.OrdinalIgnoreCase) ? "" : " AuthFlags=\"AuthAnonymous | AuthBasic | AuthNTLM\""),
        others: Domain("local.example", "RouteAction=\"64\""),
        options: options);

    public static string Domain(string name, string attributes) => $"<IIsSmtpDomain Location=\"/LM/SmtpSvc/1/Domain/{name}\" {attributes}></IIsSmtpDomain>\n";

    public static string Custom(string attributes) => $"<Custom {attributes}/>\n";

    /// <summary>What is found about a setting of the server that is worth a warning.</summary>
    public static IEnumerable<IisFinding> Remarkable(IisImport import) => import.Findings.Where(finding => finding.Severity != IisFindingSeverity.Note);
}
