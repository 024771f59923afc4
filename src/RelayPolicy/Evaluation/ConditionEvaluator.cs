using System.Collections.Immutable;

namespace RelayPolicy;

/// <summary>
/// The value of a condition that has no boxes. Negations are carried down to the atoms, because what an atom lends to an
/// accepting rule depends on whether it stands there positively.
/// </summary>
internal ref struct ConditionEvaluator(RequestView view, CustomAnswers customs)
{
    private readonly RequestView _view = view;
    private readonly CustomAnswers _customs = customs;
    private bool _mayAsk;
    private bool _ignoresDestination;

    /// <summary>The value of the rule's condition. Custom conditions are asked only if the facts alone do not decide.</summary>
    public Kleene Evaluate(CompiledRule rule)
    {
        _ignoresDestination = rule.Grants && _view.IsRouted;
        _mayAsk = rule.HasCustoms;
        return EvaluateRule(rule);
    }

    /// <summary>The value of a part of a condition as far as it is known by now, for explanations: nobody is asked.</summary>
    public Kleene Peek(Condition condition)
    {
        _mayAsk = false;
        _ignoresDestination = false;
        return Evaluate(condition, negated: false);
    }

    // An address literal that is not local is accepted only by a conjunction that names address literals.
    private Kleene EvaluateRule(CompiledRule rule)
    {
        Condition condition = rule.Rule.Condition;
        Kleene foreign = rule.Grants ? _view.IsForeignLiteral : Kleene.False;
        if (foreign.IsFalse) return Evaluate(condition, negated: false);
        Kleene named = EvaluateNamingLiterals(condition, negated: false);
        return foreign.IsTrue ? named : named | (Evaluate(condition, negated: false) & Kleene.Unknown);
    }

    private Kleene Evaluate(Condition condition, bool negated) => condition switch
    {
        AnyCondition => Kleene.Of(!negated),
        NotCondition not => Evaluate(not.Operand, !negated),
        JoinedCondition joined => EvaluateJoined(joined, negated),
        Atom atom => EvaluateAtom(atom, negated),
        _ => throw new InvalidOperationException("The evaluation does not know this condition."),
    };

    // User code comes last at every level: only where the facts leave the whole part open is it asked, part by part.
    private Kleene EvaluateJoined(JoinedCondition joined, bool negated)
    {
        bool mayAsk = _mayAsk;
        _mayAsk = false;
        Kleene value = Combine(joined, negated);
        _mayAsk = mayAsk;
        return mayAsk && value.IsUnknown ? Combine(joined, negated) : value;
    }

    private Kleene Combine(JoinedCondition joined, bool negated) =>
        IsConjunction(joined, negated) ? EvaluateAll(joined.Parts, negated) : EvaluateEither(joined.Parts, negated);

    // De Morgan: a negated disjunction is a conjunction of negations, and the reverse.
    private static bool IsConjunction(JoinedCondition joined, bool negated) => joined is AllCondition != negated;

    private Kleene EvaluateAll(ImmutableArray<Condition> parts, bool negated)
    {
        Kleene value = Kleene.True;
        for (int i = 0; i < parts.Length && !value.IsFalse; i++) value &= Evaluate(parts[i], negated);

        return value;
    }

    private Kleene EvaluateEither(ImmutableArray<Condition> parts, bool negated)
    {
        Kleene value = Kleene.False;
        for (int i = 0; i < parts.Length && !value.IsTrue; i++) value |= Evaluate(parts[i], negated);
        return value;
    }

    private Kleene EvaluateAtom(Atom atom, bool negated)
    {
        if (_ignoresDestination && !negated && atom.Support == AtomSupport.Destination) return Kleene.False;
        Kleene value = atom is CustomCondition custom ? EvaluateCustom(custom) : AtomEvaluator.Evaluate(atom, _view);
        return negated ? !value : value;
    }

    private Kleene EvaluateCustom(CustomCondition custom) => (_mayAsk ? _customs.Ask(custom, _view) : _customs.Get(custom)) switch
    {
        CustomAnswer.True => Kleene.True,
        CustomAnswer.False => Kleene.False,
        _ => Kleene.Unknown,
    };

    // The value of the condition in disjunctive normal form, of which only those conjunctions are kept that hold
    // Recipient.IsAddressLiteral without a negation. A conjunction of (a | b) & c holds it if its part of (a | b) does, or c does; and what is kept
    // of a part never holds where the whole part does not.
    private Kleene EvaluateNamingLiterals(Condition condition, bool negated)
    {
        switch (condition)
        {
            case NotCondition not:
                return EvaluateNamingLiterals(not.Operand, !negated);
            case RecipientIsAddressLiteral atom when !negated:
                return EvaluateAtom(atom, negated);
            case JoinedCondition joined:
                Kleene value = Kleene.False;
                for (int i = 0; i < joined.Parts.Length && !value.IsTrue; i++) value |= EvaluateNamingLiterals(joined.Parts[i], negated);
                return IsConjunction(joined, negated) && !value.IsFalse ? value & EvaluateAll(joined.Parts, negated) : value;
            default:
                return Kleene.False;
        }
    }
}
