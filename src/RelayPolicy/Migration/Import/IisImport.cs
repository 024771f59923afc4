using RelayPolicy.Configuration;
using RelayPolicy.Iis;

namespace RelayPolicy.Migration;

/// <summary>What came of importing the settings of an SMTP virtual server: a policy, and a report on every setting.</summary>
public sealed class IisImport
{
    internal IisImport(IisServer server, IisSmtpModel model, PolicyFile policy, IReadOnlyList<IisFinding> findings)
    {
        Server = server;
        Model = model;
        Policy = policy;
        Findings = findings;
    }

    /// <summary>The server whose settings these are.</summary>
    public IisServer Server { get; }

    /// <summary>The settings in the words of IIS.</summary>
    public IisSmtpModel Model { get; }

    /// <summary>The policy, as rules of which each has a comment that says where it comes from; <see cref="PolicyFile.Write"/> makes
    /// the text.</summary>
    public PolicyFile Policy { get; }

    /// <summary>What became of each setting, the most dangerous first.</summary>
    public IReadOnlyList<IisFinding> Findings { get; }

    /// <summary>How it went.</summary>
    public IisImportStatus Status => Findings.Any(finding => finding.Severity == IisFindingSeverity.Refused) ? IisImportStatus.RefusedInPart
        : Findings.Any(finding => finding.Severity != IisFindingSeverity.Note) ? IisImportStatus.Warnings
        : IisImportStatus.Clean;

    /// <summary>The report as Markdown.</summary>
    public string ToMarkdown() => MarkdownReport.Write(this);
}
