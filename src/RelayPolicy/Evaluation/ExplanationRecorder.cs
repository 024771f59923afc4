namespace RelayPolicy;

/// <summary>Writes down what a walk meets.</summary>
internal sealed class ExplanationRecorder
{
    private readonly List<RuleExplanation> _rules = [];

    public IReadOnlyList<RuleExplanation> Rules => _rules;

    public void Reached(RelayRule rule, Kleene value, scoped in Evaluation evaluation)
    {
        ConditionExplanation condition = Explain(rule.Condition, evaluation);
        ConditionState state = StateOf(value);
        string? remark = state == condition.State ? null
            : evaluation.View.IsRouted ? "its destination counts for nothing: the recipient is routed"
            : "it does not name Recipient.IsAddressLiteral, and the recipient is at a foreign address literal";
        _rules.Add(new RuleExplanation(rule, state, condition, remark));
    }

    public void NotInForce(RelayRule rule) => _rules.Add(new RuleExplanation(rule, ConditionState.NotInForce, Condition: null, Remark: null));

    public void SkipAll(ReadOnlySpan<CompiledRule> rules)
    {
        foreach (CompiledRule rule in rules) _rules.Add(new RuleExplanation(rule.Rule, ConditionState.NotReached, Condition: null, Remark: null));
    }

    private static ConditionExplanation Explain(Condition condition, scoped in Evaluation evaluation)
    {
        var parts = new List<ConditionExplanation>();
        if (condition is NotCondition not) parts.Add(Explain(not.Operand, evaluation));
        if (condition is JoinedCondition joined)
        {
            foreach (Condition part in joined.Parts) parts.Add(Explain(part, evaluation));
        }

        bool reached = condition is not CustomCondition custom || evaluation.Customs.Get(custom) != CustomAnswer.NotAsked;
        return new ConditionExplanation(condition.ToString(), reached ? StateOf(new ConditionEvaluator(evaluation.View, evaluation.Customs).Peek(condition)) : ConditionState.NotReached, parts);
    }

    private static ConditionState StateOf(Kleene value) =>
        value.IsTrue ? ConditionState.True : value.IsFalse ? ConditionState.False : ConditionState.Unknown;
}
