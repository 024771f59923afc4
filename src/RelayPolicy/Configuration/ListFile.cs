namespace RelayPolicy.Configuration;

/// <summary>A list that a policy keeps in a file of its own, as the policy says it.</summary>
/// <param name="Path">The path, relative to the policy file.</param>
/// <param name="AllowEmpty">Whether the list may hold no entry.</param>
/// <param name="IgnoreColumns">Whether further columns are ignored.</param>
internal sealed record ListFile(string Path, bool AllowEmpty, bool IgnoreColumns)
{
    // A plain list that was cut off shows only by its last line.
    public ListOptions Options => new() { AllowEmpty = AllowEmpty, IgnoreColumns = IgnoreColumns, RequireFinalNewline = true };
}
