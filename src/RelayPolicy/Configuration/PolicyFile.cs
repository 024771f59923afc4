namespace RelayPolicy.Configuration;
/// <summary>x</summary>
public sealed class PolicyFile
{
    /// <summary>x</summary>
    public static PolicyFile Load(string path, params IEnumerable<Condition> customConditions) => throw new NotSupportedException(path + customConditions);
    /// <summary>x</summary>
    public RelayRuleSet RuleSet { get; } = null!;
}
