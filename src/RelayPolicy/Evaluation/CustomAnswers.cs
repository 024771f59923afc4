namespace RelayPolicy;

/// <summary>What the custom conditions said to one request. Each is asked at most once; what it throws is kept, and makes it unknown.</summary>
internal ref struct CustomAnswers
{
    private readonly ReadOnlySpan<CustomCondition> _conditions;
    private readonly Span<Kleene> _answers;

    /// <param name="conditions">The custom conditions of the rule set, each once.</param>
    /// <param name="answers">Working memory, one element for each condition.</param>
    public CustomAnswers(ReadOnlySpan<CustomCondition> conditions, Span<Kleene> answers)
    {
        _conditions = conditions;
        _answers = answers;
        _answers.Fill(Kleene.Unknown(UnknownKinds.NotAsked));
    }

    /// <summary>The first exception that a predicate threw, or null.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>The answer, if it was given already; else unknown, not asked.</summary>
    public readonly Kleene Get(CustomCondition condition) => _answers[IndexOf(condition)];

    /// <summary>The answer, asking for it if nobody has yet.</summary>
    public Kleene Ask(CustomCondition condition, in RequestView view)
    {
        ref Kleene answer = ref _answers[IndexOf(condition)];
        if (answer.Kinds != UnknownKinds.NotAsked) return answer;
        UnknownKinds kinds = view.UnknownAmong(condition.Reads);
        return answer = kinds == UnknownKinds.None ? Call(condition, view) : Kleene.Unknown(kinds);
    }

    private Kleene Call(CustomCondition condition, in RequestView view)
    {
        try
        {
            RelayRequest visible = Visible(view, condition.Reads);
            return condition.Predicate(visible) is { } value ? Kleene.Of(value) : Kleene.Unknown(UnknownKinds.Temporary);
        }
        catch (Exception exception)
        {
            Fault ??= exception;
            return Kleene.Unknown(UnknownKinds.Temporary);
        }
    }

    // The defaults of the rule set are filled in, so that user code sees what the other conditions see.
    private static RelayRequest Visible(in RequestView view, RelayFacts reads) =>
        (view.Request with { LocalDomains = view.LocalDomains, Ownership = view.Ownership }).Only(reads);

    private readonly int IndexOf(CustomCondition condition)
    {
        for (int i = 0; i < _conditions.Length; i++)
        {
            if (_conditions[i].Equals(condition)) return i;
        }

        throw new InvalidOperationException($"The custom condition {condition.CustomName} is not part of the rule set.");
    }
}
