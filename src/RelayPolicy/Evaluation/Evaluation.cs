namespace RelayPolicy;

/// <summary>
/// One request while it is evaluated: its class in each dimension, and its facts, each found when it is asked for, and once. A policy that
/// never looks at the host name never touches it. There is one of it, which is handed on by reference and never copied.
/// </summary>
internal ref struct Evaluation
{
    /// <summary>In place of a class: a fact that the dimension reads is unknown.</summary>
    public const int Unknown = -1;

    /// <summary>In place of a class: the request has several values in the dimension.</summary>
    public const int Several = -2;

    /// <summary>The request as the rule set sees it.</summary>
    public readonly RequestView View;

    /// <summary>What has been found by now.</summary>
    public Classification Known;

    /// <summary>Writes down what the evaluation meets, if anybody wants to know.</summary>
    public readonly ExplanationRecorder? Recorder;

    /// <summary>What is known of the connection, if anybody remembers.</summary>
    public readonly ConnectionMemory? Memory;

    private readonly CompiledPolicy _policy;
    private readonly Span<(int Place, int End)> _ranges;
    private readonly Span<CustomAnswer> _answers;
    private readonly ref Exception? _fault;

    /// <param name="request">The request.</param>
    /// <param name="options">What the rule set knows besides.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="recorder">Writes down what the evaluation meets, or null.</param>
    /// <param name="memory">What is known of the connection, or null.</param>
    /// <param name="ranges">Working memory, <see cref="CandidateRules.MaxLists"/> elements.</param>
    /// <param name="answers">Working memory, an element for each custom condition, none of them asked.</param>
    /// <param name="fault">Takes the first exception that user code throws.</param>
    public Evaluation(
        in RelayRequest request,
        RelayRuleSetOptions options,
        CompiledPolicy policy,
        ExplanationRecorder? recorder,
        ConnectionMemory? memory,
        Span<(int Place, int End)> ranges,
        Span<CustomAnswer> answers,
        ref Exception? fault)
    {
        View = new RequestView(request, options);
        _policy = policy;
        Recorder = recorder;
        Memory = memory;
        memory?.Recall(request, out Known);
        _ranges = ranges;
        _answers = answers;
        _fault = ref fault;
    }

    /// <summary>What the custom conditions have said.</summary>
    public readonly CustomAnswers Customs => new(_policy.Customs, _answers, ref _fault);

    /// <summary>The first exception that user code threw, or null.</summary>
    public readonly Exception? Fault => _fault;

    /// <summary>The rules of a stage that have to be looked at: those that may be other than false, or all of them for an explanation. The rules of one
    /// stage are read before those of the next are asked for.</summary>
    public CandidateRules Candidates(RuleIndex index) => Recorder is null ? index.Find(ref this, _ranges) : index.All(_ranges);

    /// <summary>The class of the request in the dimension, or <see cref="Unknown"/> or <see cref="Several"/>.</summary>
    public int ClassOf(int dimension)
    {
        if (!Known.TryGetClass(dimension, out int number))
        {
            number = FindClass(_policy.Dimensions[dimension]);
            Known.SetClass(dimension, number);
        }

        return number;
    }

    /// <summary>The class of one of several values.</summary>
    public readonly int ClassOf(int dimension, int value) => _policy.Dimensions[dimension].ClassOf(View, value);

    /// <summary>How many values the request has in the dimension.</summary>
    public readonly int CountValues(int dimension) => _policy.Dimensions[dimension].CountValues(View);

    /// <summary>The value of the fact.</summary>
    public Kleene ValueOf(Fact fact)
    {
        if (!Known.TryGetFact(fact, out Kleene value))
        {
            value = AtomEvaluator.Evaluate(Facts.AtomOf(fact), View);
            Known.SetFact(fact, value);
        }

        return value;
    }

    /// <summary>The value of the literal.</summary>
    public Kleene ValueOf(in Literal literal)
    {
        Kleene value = literal.IsFact ? ValueOf((Fact)literal.Atom) : Holds(literal.Dimension, literal.Atom);
        return literal.IsNegated ? !value : value;
    }

    private Kleene Holds(int dimension, int atom)
    {
        int number = ClassOf(dimension);
        AtomClasses classes = _policy.Dimensions[dimension].Classes;
        if (number >= 0) return Kleene.Of(classes.Holds(number, atom));
        if (number == Unknown) return Kleene.Unknown;
        for (int value = CountValues(dimension) - 1; value >= 0; value--)
        {
            if (classes.Holds(ClassOf(dimension, value), atom)) return Kleene.True;
        }

        return Kleene.False;
    }

    private readonly int FindClass(Dimension dimension)
    {
        if (View.UnknownAmong(dimension.Reads) != UnknownKinds.None) return Unknown;
        return dimension.CountValues(View) switch
        {
            0 => AtomClasses.None,
            1 => dimension.ClassOf(View, value: 0),
            _ => Several,
        };
    }
}
