using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using RelayPolicy.Iis;

namespace RelayPolicy.Configuration;

/// <summary>
/// A policy as a file: JSON with local domains, named lists, sender ownership and rules, or with an <c>Iis</c> section. It maps onto the
/// same objects as in code, in both directions.
/// </summary>
public sealed class PolicyFile
{
    // An unpaired surrogate must not become U+FFFD, which would be another name.
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly IReadOnlyList<NetworkSet> _networks;
    private readonly IReadOnlyList<DomainSet> _domains;

    /// <summary>The file of a rule set.</summary>
    /// <exception cref="ArgumentException">The rule set compares names by something else than <see cref="StringComparer.Ordinal"/> or
    /// <see cref="StringComparer.OrdinalIgnoreCase"/>, or its sender ownership by another comparer than the rules, which a file cannot
    /// say.</exception>
    public PolicyFile(RelayRuleSet ruleSet)
        : this(ruleSet, limits: null)
    {
    }

    /// <summary>The file of a rule set and of the limits that its host keeps.</summary>
    /// <exception cref="ArgumentException">As of <see cref="PolicyFile(RelayRuleSet)"/>.</exception>
    public PolicyFile(RelayRuleSet ruleSet, SmtpLimits? limits)
        : this(ruleSet, limits, [], [])
    {
    }

    /// <summary>The file of IIS SMTP settings.</summary>
    /// <exception cref="FormatException">A remote domain's name is wrong.</exception>
    public PolicyFile(IisSmtpModel iis)
    {
        ArgumentNullException.ThrowIfNull(iis);
        Iis = iis;
        Limits = iis.Limits;
        RuleSet = iis.ToRuleSet();
        _networks = [];
        _domains = [];
    }

    internal PolicyFile(RelayRuleSet ruleSet, SmtpLimits? limits, IEnumerable<NetworkSet> networks, IEnumerable<DomainSet> domains)
    {
        ArgumentNullException.ThrowIfNull(ruleSet);
        IEqualityComparer<string> names = ruleSet.Options.NameComparer;
        if (!names.Equals(StringComparer.OrdinalIgnoreCase) && !names.Equals(StringComparer.Ordinal))
        {
            throw new ArgumentException("A policy file can compare names only by StringComparer.Ordinal or StringComparer.OrdinalIgnoreCase.", nameof(ruleSet));
        }

        if (ruleSet.Options.SenderOwnership is { } ownership && ownership.Entries.Any() && !ownership.UserNames.Equals(names))
        {
            throw new ArgumentException("A policy file compares the user names of the sender ownership as those of the rules.", nameof(ruleSet));
        }

        RuleSet = ruleSet;
        Limits = limits;
        _networks = [.. networks];
        _domains = [.. domains];
    }

    /// <summary>The policy.</summary>
    public RelayRuleSet RuleSet { get; }

    /// <summary>The settings of the <c>Iis</c> section from which the policy was made, or null if it was written as rules.</summary>
    public IisSmtpModel? Iis { get; }

    /// <summary>The limits, which the host keeps, or null if the file states none.</summary>
    public SmtpLimits? Limits { get; }

    /// <summary>What the author of the file should look at: <see cref="RelayRuleSet.Warnings"/> and <see cref="IisSmtpModel.Diagnostics"/>.</summary>
    public IReadOnlyList<PolicyDiagnostic> Warnings => [.. Iis?.Diagnostics ?? [], .. RuleSet.Warnings];

    /// <summary>The JSON schema of policy files (draft 7), for editors.</summary>
    public static string Schema => PolicySchema.Write();

    /// <summary>The lists that the file gives a name, used or not.</summary>
    internal IReadOnlyList<NetworkSet> NamedNetworks => _networks;

    /// <summary>The lists that were read from files of their own.</summary>
    internal IReadOnlyDictionary<object, ListFile> Files { get; init; } = new Dictionary<object, ListFile>();

    /// <inheritdoc cref="NamedNetworks"/>
    internal IReadOnlyList<DomainSet> NamedDomains => _domains;

    /// <summary>Reads a policy that keeps no list in a file of its own (see <see cref="Load"/>).</summary>
    /// <param name="json">JSON; comments and trailing commas are allowed.</param>
    /// <param name="customConditions">The custom conditions that the policy may name, each made by <see cref="Condition.Custom"/>.</param>
    /// <exception cref="ArgumentException">A condition is not made by <see cref="Condition.Custom"/>, or two have the same name.</exception>
    /// <exception cref="PolicyException">Something is wrong with the policy; it holds every error with its place.</exception>
    public static PolicyFile Parse(string json, params IEnumerable<Condition> customConditions) =>
        TryParse(json, customConditions, out PolicyFile? file, out IReadOnlyList<PolicyDiagnostic> errors) ? file : throw new PolicyException(errors);

    /// <summary>Reads a policy as <see cref="Parse"/> does, without throwing.</summary>
    /// <param name="json">JSON; comments and trailing commas are allowed.</param>
    /// <param name="customConditions">The custom conditions that the policy may name.</param>
    /// <param name="file">The policy, or null when there are errors.</param>
    /// <param name="errors">Every error with its place in the file, a JSON pointer (RFC 6901); empty on success.</param>
    public static bool TryParse(
        string json, IEnumerable<Condition> customConditions, [NotNullWhen(true)] out PolicyFile? file, out IReadOnlyList<PolicyDiagnostic> errors)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return TryParse(StrictUtf8.GetBytes(json), customConditions, new PolicySources(folder: null), out file, out errors);
        }
        catch (EncoderFallbackException exception)
        {
            file = null;
            errors = [JsonFault(exception)];
            return false;
        }
    }

    /// <summary>Reads the policy in a file, with the list files that it names.</summary>
    /// <param name="path">The file: JSON in UTF-8, with or without a byte order mark.</param>
    /// <param name="customConditions">The custom conditions that the policy may name.</param>
    /// <exception cref="PolicyException">Something is wrong with the policy; it holds every error with its place.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static PolicyFile Load(string path, params IEnumerable<Condition> customConditions) =>
        TryLoad(path, customConditions, new PolicySources(FolderOf(path)), out PolicyFile? file, out IReadOnlyList<PolicyDiagnostic> errors) ? file : throw new PolicyException(errors);

    /// <summary>Reads the policy in a file as <see cref="Load"/> does, without throwing because of what it holds.</summary>
    /// <param name="path">The file.</param>
    /// <param name="customConditions">The custom conditions that the policy may name.</param>
    /// <param name="sources">Notes the files that are read, the policy file among them. Its folder is that of the policy file.</param>
    /// <param name="file">The policy, or null when there are errors.</param>
    /// <param name="errors">Every error with its place in the file.</param>
    internal static bool TryLoad(
        string path, IEnumerable<Condition> customConditions, PolicySources sources, [NotNullWhen(true)] out PolicyFile? file, out IReadOnlyList<PolicyDiagnostic> errors) =>
        TryParse(sources.Read(Path.GetFullPath(path), ReadAll), customConditions, sources, out file, out errors);

    /// <summary>The folder of a policy file, to which the paths of its list files are relative.</summary>
    internal static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    /// <summary>The policy as JSON, which <see cref="Parse"/> reads back into equal objects; lists that have a file of their own keep it, and
    /// are read by <see cref="Load"/>.</summary>
    public string Write() => PolicyWriter.Write(this);

    private static byte[] ReadAll(Stream stream)
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The custom conditions, checked.</summary>
    /// <exception cref="ArgumentException">A condition is not made by <see cref="Condition.Custom"/>, or two have the same name.</exception>
    internal static IReadOnlyList<CustomCondition> CustomsOf(IEnumerable<Condition> customConditions)
    {
        ArgumentNullException.ThrowIfNull(customConditions);
        CustomCondition[] customs = [.. customConditions.Select(condition => condition as CustomCondition
            ?? throw new ArgumentException("Only conditions made by Condition.Custom can be registered.", nameof(customConditions)))];
        return customs.Distinct().GroupBy(custom => custom.CustomName, StringComparer.OrdinalIgnoreCase).Any(group => group.Count() > 1)
            ? throw new ArgumentException("Several custom conditions have the same name.", nameof(customConditions))
            : customs;
    }

    private static bool TryParse(
        ReadOnlyMemory<byte> utf8,
        IEnumerable<Condition> customConditions,
        PolicySources sources,
        [NotNullWhen(true)] out PolicyFile? file,
        out IReadOnlyList<PolicyDiagnostic> errors)
    {
        IReadOnlyList<CustomCondition> customs = CustomsOf(customConditions);
        try
        {
            (file, errors) = PolicyReader.Read(JsonPolicyTree.Parse(utf8), customs, sources);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with an unpaired surrogate, which JsonElement cannot hand out.
            file = null;
            errors = [JsonFault(exception)];
        }

        return file is not null;
    }

    private static PolicyDiagnostic JsonFault(Exception exception)
    {
        long? line = (exception as JsonException)?.LineNumber + 1;
        string place = line is null ? "/" : $"line {line}, byte {(exception as JsonException)?.BytePositionInLine + 1}";
        return new PolicyDiagnostic(DiagnosticSeverity.Error, place, "the text is no JSON", "correct the syntax there: a policy is one JSON object; comments and trailing commas are allowed");
    }
}
