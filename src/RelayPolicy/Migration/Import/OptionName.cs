namespace RelayPolicy.Migration;

/// <summary>The options of an import as the report names them: in code, and on the command line of samples/ImportIis.</summary>
internal static class OptionName
{
    public const string TrustGuesses = nameof(IisImportOptions.TrustGuesses) + " (--trust-guesses)";
    public const string WildcardIncludesDomain = nameof(IisImportOptions.WildcardIncludesDomain) + " (--wildcard-includes-domain)";
    public const string CloseOpenRelay = nameof(IisImportOptions.CloseOpenRelay) + " (--close-open-relay)";
}
