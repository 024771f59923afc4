namespace RelayPolicy;

/// <summary>A list file holds lines that are wrong. It names all of them, up to <see cref="ListOptions.MaxErrors"/>.</summary>
public sealed class ListFormatException : FormatException
{
    internal ListFormatException(string what, IReadOnlyList<LineError> errors)
        : base(Describe(what, errors)) => Errors = errors;

    /// <summary>What is wrong, in the order of the lines; what concerns the list as a whole comes last.</summary>
    public IReadOnlyList<LineError> Errors { get; }

    private static string Describe(string what, IReadOnlyList<LineError> errors) =>
        $"{what}: nothing was loaded.{Environment.NewLine}" + string.Join(Environment.NewLine, errors.Select(error => "  " + error));
}
