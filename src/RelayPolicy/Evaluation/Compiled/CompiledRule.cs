namespace RelayPolicy;

/// <summary>A rule with what the evaluation needs to know of it, worked out once.</summary>
internal sealed class CompiledRule
{
    /// <param name="rule">The rule.</param>
    /// <param name="boxes">Where its boxes are, or null if it is to be evaluated as a tree.</param>
    public CompiledRule(RelayRule rule, Range? boxes)
    {
        Rule = rule;
        Boxes = boxes ?? default;
        IsTree = boxes is null;
        Reads = rule.Condition.Reads;
        Reply = rule.Reply ?? RuleReplies.For(rule);
        Grants = rule is { Stage: RelayStage.Recipient, Action: RuleAction.Accept };
        IsAuditOnly = rule.AuditOnly;
        HasPeriod = rule.NotBefore is not null || rule.NotAfter is not null;
        HasCustoms = rule.Condition.HoldsCustoms;
    }

    public RelayRule Rule { get; }

    /// <summary>Where its boxes are; it holds when one of them does.</summary>
    public Range Boxes { get; }

    /// <summary>Whether it has no boxes, because it holds atoms that have no classes, or would have too many boxes.</summary>
    public bool IsTree { get; }

    /// <summary>Whether it can grant: an accepting rule at Recipient.</summary>
    public bool Grants { get; }

    public bool IsAuditOnly { get; }

    public bool HasPeriod { get; }

    public bool HasCustoms { get; }

    public RelayFacts Reads { get; }

    public SmtpReply Reply { get; }

    public static IEnumerable<CustomCondition> CustomsOf(RelayRule rule) =>
        rule.Condition.HoldsCustoms ? rule.Condition.Atoms().Select(part => part.Atom).OfType<CustomCondition>() : [];

    public bool IsInForce(DateTimeOffset instant) => !HasPeriod || Rule.IsInForce(instant);
}
