using System.Diagnostics.CodeAnalysis;

namespace RelayPolicy;

/// <summary>
/// A policy: an immutable, checked list of rules, safe to use from several threads. At each stage the first rule whose condition
/// holds decides that stage; only a rule at <see cref="RelayStage.Recipient"/> can grant; what no rule grants is rejected.
/// </summary>
public sealed class RelayRuleSet : IRelayDecision
{
    private const int SmallNumberOfCustoms = 16;

    private readonly CompiledPolicy _policy;

    private RelayRuleSet(RelayRule[] rules, RelayRuleSetOptions options, IReadOnlyList<PolicyDiagnostic> warnings)
    {
        Rules = rules;
        Options = options;
        Warnings = warnings;
        _policy = PolicyCompiler.Compile(rules, options.NameComparer);
        RequiredFacts = rules.Aggregate(RelayFacts.Recipient | RelayFacts.Locality, (facts, rule) => facts | rule.Condition.Reads);
    }

    /// <summary>The rules as they were given.</summary>
    public IReadOnlyList<RelayRule> Rules { get; }

    /// <summary>The options as they were given.</summary>
    public RelayRuleSetOptions Options { get; }

    /// <summary>What the author of the rules should look at: rules that accept from anyone, conditions that never hold, wildcards over a
    /// top-level domain. Empty for a policy without anything remarkable.</summary>
    public IReadOnlyList<PolicyDiagnostic> Warnings { get; }

    /// <summary>The facts that the rules can ever look at. A host needs no PTR look-up if <see cref="RelayFacts.HostName"/> is not among them.</summary>
    public RelayFacts RequiredFacts { get; }

    /// <summary>Builds a rule set.</summary>
    /// <param name="rules">The rules in their order. Stages are separate lists: the order counts within a stage.</param>
    /// <param name="options">What the rule set knows besides; null for the defaults.</param>
    /// <exception cref="PolicyException">Something is wrong with the rules or the options; it holds every error.</exception>
    public static RelayRuleSet Create(IEnumerable<RelayRule> rules, RelayRuleSetOptions? options = null) =>
        TryCreate(rules, options, out RelayRuleSet? ruleSet, out IReadOnlyList<PolicyDiagnostic> errors) ? ruleSet : throw new PolicyException(errors);

    /// <summary>Builds a rule set as <see cref="Create"/> does, without throwing.</summary>
    /// <param name="rules">The rules in their order.</param>
    /// <param name="options">What the rule set knows besides; null for the defaults.</param>
    /// <param name="ruleSet">The rule set, or null when there are errors.</param>
    /// <param name="errors">Every error; empty on success.</param>
    public static bool TryCreate(
        IEnumerable<RelayRule> rules,
        RelayRuleSetOptions? options,
        [NotNullWhen(true)] out RelayRuleSet? ruleSet,
        out IReadOnlyList<PolicyDiagnostic> errors)
    {
        ArgumentNullException.ThrowIfNull(rules);
        options ??= new RelayRuleSetOptions();
        RelayRule[] list = [.. rules];
        (errors, IReadOnlyList<PolicyDiagnostic> warnings) = RuleSetValidator.Check(list, options);
        ruleSet = errors.Count == 0 ? new RelayRuleSet(list, options, warnings) : null;
        return ruleSet is not null;
    }

    /// <summary>
    /// What a new server should run, and the default of the IIS SMTP server: local mail is taken from anyone, authenticated clients
    /// relay, nobody else does.
    /// </summary>
    /// <param name="localDomains">Whose mail this server takes in itself.</param>
    public static RelayRuleSet SecureDefault(DomainSet localDomains)
    {
        ArgumentNullException.ThrowIfNull(localDomains);
        return Create(
            [
                new("authenticated", RelayStage.Recipient, Condition.Identity.IsAuthenticated, RuleAction.Accept),
                new("local", RelayStage.Recipient, Condition.Recipient.IsLocal, RuleAction.Accept),
            ],
            new RelayRuleSetOptions { LocalDomains = localDomains });
    }

    /// <inheritdoc/>
    public RelayVerdict Evaluate(in RelayRequest request, RelayStage through = RelayStage.Recipient) => Evaluate(request, through, recorder: null, memory: null);

    /// <summary>
    /// The same decision for one connection, which remembers what it found for the client and the sender, so that each recipient pays
    /// only for what is its own.
    /// </summary>
    /// <param name="client">The client, of whom everything is found at once.</param>
    public RelayConnection ForConnection(in ClientEndpoint client)
    {
        var connection = new RelayConnection(this, new ConnectionMemory(_policy));
        connection.Evaluate(new RelayRequest(client, identity: null, sender: default, recipient: default), RelayStage.Connect);
        return connection;
    }

    /// <summary>The rules as a person would write them, and the size of their compiled form: what a change costs.</summary>
    public PolicyDescription Describe() => new(this, _policy);

    /// <summary>Decides the request and says why: every rule in order, atom by atom.</summary>
    public RelayExplanation Explain(in RelayRequest request, RelayStage through = RelayStage.Recipient)
    {
        var recorder = new ExplanationRecorder();
        RelayVerdict verdict = Evaluate(request, through, recorder, memory: null);
        return new RelayExplanation(verdict, recorder.Rules);
    }

    internal RelayVerdict Evaluate(in RelayRequest request, RelayStage through, ExplanationRecorder? recorder, ConnectionMemory? memory)
    {
        try
        {
            if (request.FindFault(through) is { } fault) return Refuse(through, RelayReason.InvalidRequest, DefaultReplies.InvalidRequest, new ArgumentException($"The request is refused: {fault}.", nameof(request)));
            int customs = _policy.Customs.Length;
            Span<CustomAnswer> answers = customs <= SmallNumberOfCustoms ? stackalloc CustomAnswer[SmallNumberOfCustoms] : new CustomAnswer[customs];
            Span<(int, int)> ranges = stackalloc (int, int)[CandidateRules.MaxLists];
            Exception? thrown = null;
            var evaluation = new Evaluation(request, Options, _policy, recorder, memory, ranges, answers[..customs], ref thrown);
            return PolicyWalk.Run(_policy, ref evaluation, through);
        }
        catch (Exception exception)
        {
            return Refuse(through, RelayReason.Fault, DefaultReplies.InternalFault, exception);
        }
    }

    private static RelayVerdict Refuse(RelayStage stage, RelayReason reason, SmtpReply reply, Exception fault) =>
        new() { Action = RelayAction.Reject, Stage = stage, Reason = reason, Reply = reply, Fault = fault };
}
