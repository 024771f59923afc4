namespace RelayPolicy.Configuration;

/// <summary>Gathers what is wrong with a policy file.</summary>
internal sealed class PolicyErrors
{
    private readonly List<PolicyDiagnostic> _errors = [];

    public IReadOnlyList<PolicyDiagnostic> All => _errors;

    public bool IsEmpty => _errors.Count == 0;

    public void Add(string place, string problem, string mend) =>
        _errors.Add(new PolicyDiagnostic(DiagnosticSeverity.Error, place.Length == 0 ? "/" : Printable.Escape(place), problem, mend));

    public void Add(PolicyNode node, string problem, string mend) => Add(node.Place, problem, mend);

    /// <summary>Says that the node is of another kind than it should be. An empty or null value never means "nothing".</summary>
    public void AddKind(PolicyNode node, string wanted) => Add(node, $"it is {node.Kind}", $"write {wanted}, or leave the key out if it is optional");

    /// <summary>Adds the errors of a list's entries.</summary>
    public void AddEntries(PolicyNode list, IReadOnlyList<EntryError> errors)
    {
        foreach (EntryError error in errors)
        {
            PolicyNode node = error.Index >= 0 && list is ArrayNode array ? array.Items[error.Index] : list;
            Add(node, error.Index < 0 ? error.Problem : $"\"{error.Entry}\": {error.Problem}", error.Mend);
        }
    }
}
