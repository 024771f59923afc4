namespace RelayPolicy;

/// <summary>
/// Strings made lately, so that text which comes again costs no new one. It holds a fixed number of them, whatever is asked for.
/// Not for several threads.
/// </summary>
internal sealed class TextPool
{
    private const int Slots = 32;

    private readonly string?[] _recent = new string?[Slots];

    /// <summary>The text as a string.</summary>
    public string Get(ReadOnlySpan<char> text)
    {
        ref string? recent = ref _recent[(uint)string.GetHashCode(text) % Slots];
        if (recent is null || !text.SequenceEqual(recent)) recent = text.ToString();
        return recent;
    }
}
