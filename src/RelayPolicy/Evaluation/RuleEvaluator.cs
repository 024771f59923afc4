namespace RelayPolicy;

/// <summary>The value of a rule for one request: by its boxes, or as a tree.</summary>
internal static class RuleEvaluator
{
    /// <summary>The value of the rule's condition. Custom conditions are asked only if the facts alone do not decide.</summary>
    public static Kleene Evaluate(CompiledRule rule, BoxTable boxes, scoped ref Evaluation evaluation)
    {
        if (rule.IsTree) return new ConditionEvaluator(evaluation.View, evaluation.Customs).Evaluate(rule);
        if (rule.Grants && (evaluation.View.IsRouted || evaluation.View.Request.Recipient.AddressLiteral is not null))
        {
            return EvaluateWithLimits(boxes, rule.Boxes, ref evaluation);
        }

        Kleene value = Kleene.False;
        foreach (ref readonly Box box in boxes[rule.Boxes])
        {
            value |= Evaluate(box, boxes, ref evaluation);
            if (value.IsTrue) break;
        }

        return value;
    }

    // An address literal that is not local is accepted only by a box that names address literals, and a routed recipient is not
    // accepted for its destination.
    private static Kleene EvaluateWithLimits(BoxTable boxes, Range range, scoped ref Evaluation evaluation)
    {
        Kleene foreign = evaluation.View.IsForeignLiteral;
        Kleene value = Kleene.False;
        foreach (ref readonly Box box in boxes[range])
        {
            if (evaluation.View.IsRouted && box.NamesDestination) continue;
            Kleene limit = foreign.IsFalse || box.NamesAddressLiterals ? Kleene.True : foreign.IsUnknown ? Kleene.Unknown : Kleene.False;
            if (!limit.IsFalse) value |= Evaluate(box, boxes, ref evaluation) & limit;
            if (value.IsTrue) break;
        }

        return value;
    }

    private static Kleene Evaluate(in Box box, BoxTable boxes, scoped ref Evaluation evaluation)
    {
        Kleene value = Kleene.True;
        foreach (ref readonly Literal literal in boxes.LiteralsOf(box))
        {
            value &= evaluation.ValueOf(literal);
            if (value.IsFalse) break;
        }

        return value;
    }
}
