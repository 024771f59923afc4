namespace RelayPolicy.Migration;

/// <summary>What an import is to do where the stored settings leave a choice. The defaults refuse.</summary>
public sealed record IisImportOptions
{
    /// <summary>The number of the SMTP virtual server, as in <c>/LM/SmtpSvc/1</c>; null if there is only one.</summary>
    public string? Server { get; init; }

    /// <summary>Whether a guess about a setting may grant something: that bit 0x1000 of <c>RouteAction</c> is "Allow incoming mail to
    /// be relayed to this domain", and that an exported relay list without entries that grants by default was really set so.</summary>
    public bool TrustGuesses { get; init; }

    /// <summary>Whether <c>*.example.com</c> among the domains includes <c>example.com</c>, which is not documented.</summary>
    public bool WildcardIncludesDomain { get; init; }

    /// <summary>Whether the relay restrictions "All except the list below", an open relay, become "Only the list below" with nobody in
    /// it. Without it the policy is as open as the old server was.</summary>
    public bool CloseOpenRelay { get; init; }
}
