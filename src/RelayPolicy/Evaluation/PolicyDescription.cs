using System.Globalization;
using System.Text;

namespace RelayPolicy;

/// <summary>One dimension of the compiled form of a rule set: a kind of condition over lists, such as <c>Client.In</c>.</summary>
/// <param name="Name">The name of the condition.</param>
/// <param name="Lists">How many different lists the rules hold there.</param>
/// <param name="Classes">Into how many classes the lists divide the values, not counting what is on no list.</param>
/// <param name="Bytes">What the tables of the dimension take, in bytes.</param>
public sealed record DimensionDescription(string Name, int Lists, int Classes, long Bytes);

/// <summary>A rule set in words, and how large its compiled form is.</summary>
public sealed class PolicyDescription
{
    private readonly RelayRuleSet _ruleSet;

    internal PolicyDescription(RelayRuleSet ruleSet, CompiledPolicy policy)
    {
        _ruleSet = ruleSet;
        CompiledStage[] stages = [.. Enum.GetValues<RelayStage>().Select(policy.At)];
        Dimensions = [.. policy.Dimensions.ToArray().Select(dimension => new DimensionDescription(dimension.Name, dimension.AtomCount, dimension.Classes.Count, dimension.TableBytes + dimension.Classes.Bytes))];
        Boxes = policy.Boxes.Count;
        RulesWithoutBoxes = stages.Sum(stage => stage.Rules.ToArray().Count(rule => rule.IsTree));
        RulesForEveryRequest = stages.Sum(stage => stage.Index.RulesWithoutAnchor);
        Bytes = Dimensions.Sum(dimension => dimension.Bytes) + policy.Boxes.Bytes + stages.Sum(stage => stage.Index.Bytes);
    }

    /// <summary>How many rules there are.</summary>
    public int Rules => _ruleSet.Rules.Count;

    /// <summary>The dimensions in which some rule holds a list.</summary>
    public IReadOnlyList<DimensionDescription> Dimensions { get; }

    /// <summary>How many boxes the conditions of the rules have: conjunctions, one of which must hold.</summary>
    public int Boxes { get; }

    /// <summary>How many rules are evaluated as they are written, because they hold custom conditions, compare names by a comparer of your own, or would have too many boxes.</summary>
    public int RulesWithoutBoxes { get; }

    /// <summary>How many rules are looked at for every request, because they rest on no list.</summary>
    public int RulesForEveryRequest { get; }

    /// <summary>What the tables of the compiled form take, in bytes. The rules and their lists come in addition.</summary>
    public long Bytes { get; }

    /// <summary>The policy in words, stage by stage, and the figures of its compiled form.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (RelayStage stage in Enum.GetValues<RelayStage>()) AppendStage(text, stage);
        text.Append("Local domains: ").Append(_ruleSet.Options.LocalDomains).AppendLine();
        text.AppendLine(_ruleSet.Options.RoutedRecipients == RoutedRecipients.TrustedOnly
            ? "A recipient whose local-part names another destination is never accepted for its domain."
            : "A recipient whose local-part names another destination is refused to everybody.");
        if (!_ruleSet.Options.Gateways.IsEmpty) text.Append("Clients at these gateways have no known address: ").Append(_ruleSet.Options.Gateways).AppendLine();
        text.AppendLine();
        AppendFigures(text);
        return text.ToString();
    }

    private void AppendStage(StringBuilder text, RelayStage stage)
    {
        RelayRule[] rules = [.. _ruleSet.Rules.Where(rule => rule.Stage == stage)];
        string end = stage == RelayStage.Recipient ? $"reject: {_ruleSet.Options.RefusalReply}" : "go on";
        text.Append(CultureInfo.InvariantCulture, $"At {stage}, ").AppendLine(rules.Length == 0 ? end : "the first that holds:");
        for (int i = 0; i < rules.Length; i++) text.Append(CultureInfo.InvariantCulture, $"{i + 1,5}. \"{rules[i].Name}\": ").AppendLine(rules[i].Sentence);
        if (rules.Length > 0) text.Append("       else ").AppendLine(end);
    }

    private void AppendFigures(StringBuilder text)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"Compiled: {Count(Rules, "rule")}, {Count(Boxes, "box", "es")}, {Bytes:N0} bytes.");
        text.AppendLine(CultureInfo.InvariantCulture, $"Looked at for every request: {Count(RulesForEveryRequest, "rule")}; evaluated as written: {Count(RulesWithoutBoxes, "rule")}.");
        if (Dimensions.Count == 0) return;
        text.AppendLine(CultureInfo.InvariantCulture, $"  {"Condition",-20}{"Lists",12}{"Classes",12}{"Bytes",16}");
        foreach (DimensionDescription dimension in Dimensions)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {dimension.Name,-20}{dimension.Lists,12:N0}{dimension.Classes,12:N0}{dimension.Bytes,16:N0}");
        }
    }

    private static string Count(int number, string noun, string plural = "s") => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {noun}{(number == 1 ? "" : plural)}");
}
