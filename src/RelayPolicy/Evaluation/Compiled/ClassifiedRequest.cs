namespace RelayPolicy;

/// <summary>
/// A request in terms of the policy: the class in each dimension, and the facts. Each is found when it is asked for, and once: a policy
/// that never looks at the host name never touches it.
/// </summary>
internal ref struct ClassifiedRequest(RequestView view, ReadOnlySpan<Dimension> dimensions, Classification known)
{
    /// <summary>In place of a class: a fact that the dimension reads is unknown.</summary>
    public const int Unknown = -1;

    /// <summary>In place of a class: the request has several values in the dimension.</summary>
    public const int Several = -2;

    private readonly ReadOnlySpan<Dimension> _dimensions = dimensions;
    private readonly RequestView _view = view;
    private Classification _known = known;

    public readonly RequestView View => _view;

    /// <summary>What has been found by now.</summary>
    public readonly Classification Known => _known;

    /// <summary>The class of the request in the dimension, or <see cref="Unknown"/> or <see cref="Several"/>.</summary>
    public int ClassOf(int dimension)
    {
        if (!_known.TryGetClass(dimension, out int number))
        {
            number = FindClass(_dimensions[dimension]);
            _known.SetClass(dimension, number);
        }

        return number;
    }

    /// <summary>The class of one of several values.</summary>
    public readonly int ClassOf(int dimension, int value) => _dimensions[dimension].ClassOf(_view, value);

    /// <summary>How many values the request has in the dimension.</summary>
    public readonly int CountValues(int dimension) => _dimensions[dimension].CountValues(_view);

    /// <summary>The value of the fact.</summary>
    public Kleene ValueOf(Fact fact)
    {
        if (!_known.TryGetFact(fact, out Kleene value))
        {
            value = AtomEvaluator.Evaluate(Facts.AtomOf(fact), _view);
            _known.SetFact(fact, value);
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
        AtomClasses classes = _dimensions[dimension].Classes;
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
        if (_view.UnknownAmong(dimension.Reads) != UnknownKinds.None) return Unknown;
        return dimension.CountValues(_view) switch
        {
            0 => AtomClasses.None,
            1 => dimension.ClassOf(_view, value: 0),
            _ => Several,
        };
    }
}
