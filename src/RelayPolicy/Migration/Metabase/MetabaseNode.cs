namespace RelayPolicy.Migration;

/// <summary>A key of the metabase with the properties that stand at it.</summary>
internal sealed record MetabaseNode(string Location)
{
    public List<MetabaseEntry> Entries { get; } = [];
}
