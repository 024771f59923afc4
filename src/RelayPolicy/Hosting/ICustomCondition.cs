namespace RelayPolicy;

/// <summary>
/// A condition of the application, which a policy names (<c>"Custom": "greylisted"</c>). Register it as a singleton service. What it throws makes the
/// condition unknown, and what depends on it is deferred.
/// </summary>
public interface ICustomCondition
{
    /// <summary>The name by which policies call it.</summary>
    string Name { get; }

    /// <summary>The facts that it looks at. It sees no others.</summary>
    RelayFacts Reads { get; }

    /// <summary>Whether it holds: true, false, or null if that is not known for now. Called from several threads at once, at most once for a
    /// request, on the thread that asks: it must not block.</summary>
    /// <param name="request">The request, in which only the declared facts are filled in.</param>
    bool? Holds(in RelayRequest request);
}
