namespace RelayPolicy.Benchmarks;

/// <summary>A rule of a made-up policy.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Twin">Its condition as the peer has it.</param>
/// <param name="Match">A request that it accepts if no rule before it does.</param>
internal sealed record SyntheticRule(RelayRule Rule, Twin Twin, RelayRequest Match);
