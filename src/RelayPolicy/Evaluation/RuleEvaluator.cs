namespace RelayPolicy;

/// <summary>Finds and evaluates the rules that can hold for one request: by their boxes, or as trees.</summary>
/// <param name="policy">The policy.</param>
/// <param name="view">The request.</param>
/// <param name="known">What is known of its classes and facts already.</param>
/// <param name="customs">What the custom conditions have said to it.</param>
/// <param name="ranges">Working memory, <see cref="CandidateRules.MaxLists"/> elements.</param>
internal ref struct RuleEvaluator(CompiledPolicy policy, RequestView view, Classification known, CustomAnswers customs, Span<(int Place, int End)> ranges)
{
    private readonly Span<(int Place, int End)> _ranges = ranges;
    private readonly BoxTable _boxes = policy.Boxes;
    private ClassifiedRequest _request = new(view, policy.Dimensions, known);
    private ConditionEvaluator _trees = new(view, customs);

    public readonly RequestView View => _request.View;

    /// <summary>What has been found of the request by now.</summary>
    public readonly Classification Known => _request.Known;

    /// <summary>The first exception that user code threw, or null.</summary>
    public readonly Exception? Fault => _trees.Fault;

    /// <summary>Whether the recipient is to be delivered here.</summary>
    public Kleene IsRecipientLocal() => _request.ValueOf(Fact.RecipientIsLocal);

    /// <summary>The rules of a stage that may be other than false for the request. The rules of one stage are read before those of the next are asked for.</summary>
    public CandidateRules Candidates(RuleIndex index) => index.Find(ref _request, _ranges);

    /// <summary>All rules of a stage.</summary>
    public readonly CandidateRules AllRules(RuleIndex index) => index.All(_ranges);

    /// <summary>The value of the rule's condition. Custom conditions are asked only if the facts alone do not decide.</summary>
    public Kleene Evaluate(CompiledRule rule) => rule.IsTree ? _trees.Evaluate(rule) : EvaluateBoxes(rule);

    /// <summary>The value of a part of a condition as far as it is known by now, for explanations: nobody is asked.</summary>
    public Kleene Peek(Condition condition) => _trees.Peek(condition);

    /// <summary>Whether the custom condition has been asked.</summary>
    public readonly bool WasAsked(CustomCondition condition) => _trees.WasAsked(condition);

    // An address literal that is not local is accepted only by a box that names address literals, and a routed recipient is not
    // accepted for its destination.
    private Kleene EvaluateBoxes(CompiledRule rule)
    {
        Kleene foreign = rule.Grants ? View.IsForeignLiteral : Kleene.False;
        bool isRouted = rule.Grants && View.IsRouted;
        Kleene value = Kleene.False;
        foreach (ref readonly Box box in _boxes[rule.Boxes])
        {
            if (isRouted && box.NamesDestination) continue;
            Kleene holds = foreign.IsFalse || box.NamesAddressLiterals ? Evaluate(box)
                : foreign.IsUnknown ? Evaluate(box) & Kleene.Unknown
                : Kleene.False;
            value |= holds;
            if (value.IsTrue) break;
        }

        return value;
    }

    private Kleene Evaluate(in Box box)
    {
        Kleene value = Kleene.True;
        foreach (ref readonly Literal literal in _boxes.LiteralsOf(box))
        {
            value &= _request.ValueOf(literal);
            if (value.IsFalse) break;
        }

        return value;
    }
}
