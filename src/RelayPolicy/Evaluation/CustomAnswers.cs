namespace RelayPolicy;

/// <summary>What a custom condition has said to a request.</summary>
internal enum CustomAnswer : byte
{
    NotAsked = 0,
    False,
    True,
    Unknown,
}

/// <summary>What the custom conditions said to one request. Each is asked at most once; what it throws is kept, and makes it unknown.</summary>
internal readonly ref struct CustomAnswers
{
    private readonly ReadOnlySpan<CustomCondition> _conditions;
    private readonly Span<CustomAnswer> _answers;
    private readonly ref Exception? _fault;

    /// <param name="conditions">The custom conditions of the rule set, each once.</param>
    /// <param name="answers">One element for each condition, none of them asked at first.</param>
    /// <param name="fault">Takes the first exception that a predicate throws.</param>
    public CustomAnswers(ReadOnlySpan<CustomCondition> conditions, Span<CustomAnswer> answers, ref Exception? fault)
    {
        _conditions = conditions;
        _answers = answers;
        _fault = ref fault;
    }

    /// <summary>The first exception that a predicate threw, or null.</summary>
    public Exception? Fault => _fault;

    /// <summary>The answer as far as it was given already.</summary>
    public CustomAnswer Get(CustomCondition condition) => _answers[IndexOf(condition)];

    /// <summary>The answer, asking for it if nobody has yet.</summary>
    public CustomAnswer Ask(CustomCondition condition, in RequestView view)
    {
        ref CustomAnswer answer = ref _answers[IndexOf(condition)];
        if (answer == CustomAnswer.NotAsked) answer = view.UnknownAmong(condition.Reads) == UnknownKinds.None ? Call(condition, view) : CustomAnswer.Unknown;
        return answer;
    }

    private CustomAnswer Call(CustomCondition condition, in RequestView view)
    {
        try
        {
            RelayRequest visible = Visible(view, condition.Reads);
            return condition.Predicate(visible) switch
            {
                true => CustomAnswer.True,
                false => CustomAnswer.False,
                null => CustomAnswer.Unknown,
            };
        }
        catch (Exception exception)
        {
            _fault ??= exception;
            return CustomAnswer.Unknown;
        }
    }

    // The defaults of the rule set are filled in, so that user code sees what the other conditions see.
    private static RelayRequest Visible(in RequestView view, RelayFacts reads) =>
        (view.Request with { LocalDomains = view.LocalDomains, Ownership = view.Ownership }).Only(reads);

    private int IndexOf(CustomCondition condition)
    {
        for (int i = 0; i < _conditions.Length; i++)
        {
            if (_conditions[i].Equals(condition)) return i;
        }

        throw new InvalidOperationException($"The custom condition {condition.CustomName} is not part of the rule set.");
    }
}
