namespace RelayPolicy;

/// <summary>A list of networks, domains, addresses or owners holds entries that are wrong. It names all of them.</summary>
public sealed class EntryListException : FormatException
{
    internal EntryListException(string what, IReadOnlyList<EntryError> errors)
        : base(Describe(what, errors)) => Errors = errors;

    /// <summary>Every wrong entry, in the order of the list.</summary>
    public IReadOnlyList<EntryError> Errors { get; }

    private static string Describe(string what, IReadOnlyList<EntryError> errors) =>
        $"{what}: {errors.Count} {(errors.Count == 1 ? "entry is" : "entries are")} wrong.{Environment.NewLine}"
        + string.Join(Environment.NewLine, errors.Select(error => "  " + error));
}
