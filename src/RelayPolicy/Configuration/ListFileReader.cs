namespace RelayPolicy.Configuration;

/// <summary>Reads the list files that a policy names: <c>{ "File": "office.txt" }</c>, with <c>AllowEmpty</c> and <c>IgnoreColumns</c>.</summary>
internal sealed class ListFileReader(PolicySources sources, PolicyErrors errors)
{
    private delegate bool TryReadList<T>(Stream stream, out T? list, out IReadOnlyList<LineError> errors, ListOptions? options);

    private readonly Dictionary<object, ListFile> _files = new(ReferenceEqualityComparer.Instance);

    /// <summary>Each list that was read from a file, with the file.</summary>
    public IReadOnlyDictionary<object, ListFile> Files => _files;

    /// <summary>Whether the node names a file.</summary>
    public static bool IsFile(PolicyNode node) => node is ObjectNode fields && fields.Fields.Any(field => AsciiComparer.IgnoreCase.Equals(field.Key, PolicyKeys.File));

    /// <summary>The networks of a file, or null after an error.</summary>
    public NetworkSet? Networks(PolicyNode node) => Read<NetworkSet>(node, NetworkList.TryRead);

    /// <summary>The domains of a file, or null after an error.</summary>
    public DomainSet? Domains(PolicyNode node) => Read<DomainSet>(node, DomainList.TryRead);

    /// <summary>The sender ownership of a file, or null after an error.</summary>
    public SenderOwnership? Ownership(PolicyNode node, IEqualityComparer<string> userNames) =>
        Read(node, (Stream stream, out SenderOwnership? ownership, out IReadOnlyList<LineError> faults, ListOptions? options) => OwnershipList.TryRead(stream, out ownership, out faults, options, userNames), canIgnoreColumns: false);

    /// <summary>Notes that a list goes by another object now.</summary>
    public void Rename(object from, object to)
    {
        if (_files.TryGetValue(from, out ListFile? file)) _files[to] = file;
    }

    private T? Read<T>(PolicyNode node, TryReadList<T> read, bool canIgnoreColumns = true)
        where T : class
    {
        var reader = new ObjectReader((ObjectNode)node, errors);
        string? path = reader.RequireString(PolicyKeys.File);
        bool allowEmpty = reader.TakeBoolean(PolicyKeys.AllowEmpty) ?? false;
        bool ignoreColumns = canIgnoreColumns && (reader.TakeBoolean(PolicyKeys.IgnoreColumns) ?? false);
        reader.Finish();
        if (path is null) return null;
        if (sources.CanNameFiles) return Read(node, new ListFile(path, allowEmpty, ignoreColumns), read);
        errors.Add(node, "a policy that is read from text cannot name files", "read it by PolicyFile.Load, or write the entries in an array");
        return null;
    }

    private T? Read<T>(PolicyNode node, ListFile file, TryReadList<T> read)
        where T : class
    {
        string shown = Printable.Escape(file.Path);
        try
        {
            (T? list, IReadOnlyList<LineError> faults) = sources.Read(file.Path, stream => read(stream, out T? list, out IReadOnlyList<LineError> faults, file.Options) ? (list, faults) : (null, faults));
            foreach (LineError fault in faults) errors.Add(node, $"\"{shown}\"{(fault.Line > 0 ? $", line {fault.Line}" : "")}: {(fault.Text.Length > 0 ? $"\"{fault.Text}\": " : "")}{fault.Problem}", fault.Mend);
            // The empty set is one object for everybody, and is written in full.
            if (list is not null && !ReferenceEquals(list, NetworkSet.Empty) && !ReferenceEquals(list, DomainSet.Empty)) _files[list] = file;
            return list;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            errors.Add(node, $"\"{shown}\" cannot be read: {Printable.Escape(exception.Message)}", "see that the file is there, whole, and may be read");
            return null;
        }
    }
}
