using System.Text;

namespace RelayPolicy;

/// <summary>What became of a rule, or of a part of its condition, in one evaluation.</summary>
public enum ConditionState
{
    /// <summary>It does not hold.</summary>
    False = 0,

    /// <summary>It holds.</summary>
    True,

    /// <summary>It depends on a fact that is unknown.</summary>
    Unknown,

    /// <summary>An earlier rule or stage had decided, or the condition was decided without it.</summary>
    NotReached,

    /// <summary>The rule is outside its validity period.</summary>
    NotInForce,
}

/// <summary>A part of a condition and its state.</summary>
/// <param name="Text">The part as it is written in C#.</param>
/// <param name="State">Its state.</param>
/// <param name="Parts">The parts of which it is made; empty for an atom.</param>
public sealed record ConditionExplanation(string Text, ConditionState State, IReadOnlyList<ConditionExplanation> Parts);

/// <summary>A rule and its state.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="State">Its state.</param>
/// <param name="Condition">Its condition, part by part; null if the rule was not reached or is not in force.</param>
/// <param name="Remark">Why the rule does not hold although its condition does, or null.</param>
public sealed record RuleExplanation(RelayRule Rule, ConditionState State, ConditionExplanation? Condition, string? Remark);

/// <summary>Why a request was decided as it was: every rule in order, and its condition atom by atom.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Rules">The rules of all stages, in the order in which they are asked.</param>
public sealed record RelayExplanation(RelayVerdict Verdict, IReadOnlyList<RuleExplanation> Rules)
{
    /// <summary>The explanation as lines of text, the verdict last.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (RuleExplanation rule in Rules)
        {
            text.Append(Label(rule.State)).Append(' ').AppendLine(rule.Rule.ToString());
            if (rule.Remark is not null) text.Append(' ', Indent).AppendLine(rule.Remark);
            if (rule.Condition is { Parts.Count: > 0 }) AppendParts(text, rule.Condition, depth: 1);
        }

        return text.Append(Verdict).AppendLine().ToString();
    }

    private const int Indent = 14;

    private static void AppendParts(StringBuilder text, ConditionExplanation condition, int depth)
    {
        foreach (ConditionExplanation part in condition.Parts)
        {
            text.Append(' ', Indent + (2 * (depth - 1))).Append(Label(part.State)).Append(' ').AppendLine(part.Text);
            AppendParts(text, part, depth + 1);
        }
    }

    private static string Label(ConditionState state) => (state switch
    {
        ConditionState.True => "true",
        ConditionState.False => "false",
        ConditionState.Unknown => "unknown",
        ConditionState.NotInForce => "not in force",
        _ => "not reached",
    }).PadRight(12);
}
