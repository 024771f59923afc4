namespace RelayPolicy;

/// <summary>
/// The strings of paths that were read lately. A path holds strings, because it outlives the text that it was read from; what comes again,
/// as domains do, costs no new one. Local-parts and domains have pools of their own, so that neither drives out the other.
/// </summary>
internal sealed class PathStrings
{
    private readonly TextPool _localParts = new();
    private readonly TextPool _domains = new();

    public string LocalPart(ReadOnlySpan<char> text) => _localParts.Get(text);

    public string Domain(ReadOnlySpan<char> text) => _domains.Get(text);
}
