namespace RelayPolicy.Migration;

/// <summary>Gathers what an import finds.</summary>
internal sealed class ImportFindings
{
    private readonly List<IisFinding> _all = [];

    /// <summary>The findings, the most dangerous first; else in the order in which they were found.</summary>
    public IReadOnlyList<IisFinding> All => [.. _all.OrderBy(finding => finding.Severity)];

    public void Danger(string setting, string meaning, string outcome, IisCertainty certainty, string advice) =>
        _all.Add(new IisFinding(IisFindingSeverity.Danger, setting, meaning, outcome, certainty, advice));

    public void Refuse(string setting, string meaning, string outcome, string advice, IisCertainty certainty = IisCertainty.Unknown) =>
        _all.Add(new IisFinding(IisFindingSeverity.Refused, setting, meaning, outcome, certainty, advice));

    public void Warn(string setting, string meaning, string outcome, IisCertainty certainty, string advice) =>
        _all.Add(new IisFinding(IisFindingSeverity.Warning, setting, meaning, outcome, certainty, advice));

    public void Note(string setting, string meaning, string outcome, IisCertainty certainty = IisCertainty.Documented) =>
        _all.Add(new IisFinding(IisFindingSeverity.Note, setting, meaning, outcome, certainty));

    /// <summary>A note if the meaning is documented or seen, else a warning.</summary>
    public void Take(string setting, string meaning, string outcome, IisCertainty certainty, string advice)
    {
        if (certainty >= IisCertainty.Seen) Note(setting, meaning, outcome, certainty);
        else Warn(setting, meaning, outcome, certainty, advice);
    }
}
