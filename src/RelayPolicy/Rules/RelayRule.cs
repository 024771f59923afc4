namespace RelayPolicy;

/// <summary>
/// One line of a policy: at a stage, when a condition holds, an action. Plain data; <see cref="RelayRuleSet.Create"/> checks it.
/// </summary>
/// <param name="Name">Names the rule in verdicts, logs and errors; unique in its rule set.</param>
/// <param name="Stage">When the rule is asked. A rule can only look at facts that its stage knows.</param>
/// <param name="Condition">When the rule applies.</param>
/// <param name="Action">What it says then.</param>
public sealed record RelayRule(string Name, RelayStage Stage, Condition Condition, RuleAction Action)
{
    /// <summary>The reply, or null for the usual one of the stage and the action. Its code and class fit the action (2xx, 4xx, 5xx);
    /// its text may hold <c>{recipient}</c>, <c>{sender}</c> and <c>{client}</c>.</summary>
    public SmtpReply? Reply { get; init; }

    /// <summary>Whether the rule is only watched: it never influences the verdict, which names the first such rule that would have
    /// decided otherwise.</summary>
    public bool AuditOnly { get; init; }

    /// <summary>The first instant at which the rule is there, or null for no beginning.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The last instant at which the rule is there, or null for no end.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>Says by name that an accepting rule rests neither on who the client is nor on where the message goes, and so lets
    /// strangers relay. Without it such a rule fails the build.</summary>
    public bool AcceptsFromAnyone { get; init; }

    /// <summary>A line for people, such as where the rule comes from, or null. It decides nothing; policy files keep it.</summary>
    public string? Comment { get; init; }

    internal bool IsInForce(DateTimeOffset instant) => (NotBefore is null || NotBefore <= instant) && (NotAfter is null || instant <= NotAfter);

    /// <summary>What the rule does and when: <c>accept when Client.In(192.0.2.0/24)</c>.</summary>
    internal string Sentence
    {
        get
        {
            var remarks = new List<string>();
            if (AuditOnly) remarks.Add("audit only");
            if (NotBefore is { } from) remarks.Add($"from {InstantText.Print(from)}");
            if (NotAfter is { } to) remarks.Add($"until {InstantText.Print(to)}");
            if (AcceptsFromAnyone) remarks.Add("accepts from anyone");
            if (Reply is { } reply) remarks.Add($"reply {reply}");
            string suffix = remarks.Count == 0 ? "" : $" ({string.Join(", ", remarks)})";
            return $"{Action.ToString().ToLowerInvariant()} when {Condition}{suffix}";
        }
    }

    /// <summary>The rule as a sentence: <c>"office": at Recipient, accept when Client.In(192.0.2.0/24)</c>.</summary>
    public override string ToString() => $"\"{Name}\": at {Stage}, {Sentence}";
}
