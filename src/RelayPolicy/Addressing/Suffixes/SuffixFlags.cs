namespace RelayPolicy;

/// <summary>What a record of a <see cref="SuffixIndex"/> says of its name.</summary>
[Flags]
internal enum SuffixFlags : byte
{
    None = 0,

    /// <summary>The name itself is an entry.</summary>
    Exact = 1,

    /// <summary>Everything below the name is an entry.</summary>
    Wildcard = 2,

    /// <summary>What makes a record an entry, or two.</summary>
    Own = Exact | Wildcard,

    /// <summary>Everything below a shorter name is an entry: the id of the longest such wildcard is repeated here.</summary>
    Inherited = 4,

    /// <summary>There are records of longer names below this one.</summary>
    HasLonger = 8,

    /// <summary>The record is the last one of its bucket.</summary>
    EndsBucket = 16,
}
