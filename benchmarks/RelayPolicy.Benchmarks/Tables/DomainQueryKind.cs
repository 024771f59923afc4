namespace RelayPolicy.Benchmarks;

/// <summary>Which names are asked for: <see cref="Queries.Count"/> of each kind.</summary>
public enum DomainQueryKind
{
    /// <summary>Each matches a random entry; all entries are equally likely.</summary>
    Hit,

    /// <summary>No entry matches any; half of them lie below an exact name of the set.</summary>
    Miss,

    /// <summary>Hits that are spread over the entries by Zipf's law, as mail is.</summary>
    Skewed,

    /// <summary>Hits with a hundred labels, below random wildcards: what an attacker would send.</summary>
    ManyLabels,
}
