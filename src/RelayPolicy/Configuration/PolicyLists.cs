namespace RelayPolicy.Configuration;

/// <summary>
/// Reads the lists of a policy file. A list is an array that is not empty; or <c>{ "Entries": […], "AllowEmpty": true }</c>, whose
/// entries may be none; or <c>{ "File": "office.txt" }</c>, a list file; or, where one is used, the name of a list.
/// </summary>
internal sealed class PolicyLists(PolicyErrors errors, ListFileReader files)
{
    private const string ListForm = "an array of strings or the name of a list";

    private readonly Dictionary<string, NetworkSet?> _networks = new(AsciiComparer.IgnoreCase);
    private readonly Dictionary<string, DomainSet?> _domains = new(AsciiComparer.IgnoreCase);

    /// <summary>The named lists of networks that could be read.</summary>
    public IEnumerable<NetworkSet> NamedNetworks => _networks.Values.OfType<NetworkSet>();

    /// <summary>The named lists of domains that could be read.</summary>
    public IEnumerable<DomainSet> NamedDomains => _domains.Values.OfType<DomainSet>();

    public void ReadNamedNetworks(PolicyNode? node) => ReadNamed(node, _networks, list => Networks(list), (set, name) => set.Named(name));

    public void ReadNamedDomains(PolicyNode? node) => ReadNamed(node, _domains, list => Domains(list), (set, name) => set.Named(name));

    /// <summary>The networks of a list, or null after an error.</summary>
    public NetworkSet? Networks(PolicyNode node)
    {
        if (node is StringNode name) return Find(name, _networks, PolicyKeys.Networks);
        if (ListFileReader.IsFile(node)) return files.Networks(node);
        if (Entries(node, allowEmpty: true) is not { } entries) return null;
        if (!NetworkSet.TryParse(entries, out NetworkSet? set, out IReadOnlyList<EntryError> faults)) errors.AddEntries(ArrayOf(node), faults);
        return set;
    }

    /// <summary>The domains of a list, or null after an error.</summary>
    public DomainSet? Domains(PolicyNode node)
    {
        if (node is StringNode name) return Find(name, _domains, PolicyKeys.Domains);
        if (ListFileReader.IsFile(node)) return files.Domains(node);
        if (Entries(node, allowEmpty: true) is not { } entries) return null;
        if (!DomainSet.TryParse(entries, out DomainSet? set, out IReadOnlyList<EntryError> faults)) errors.AddEntries(ArrayOf(node), faults);
        return set;
    }

    /// <summary>The mailboxes of a list, or null after an error.</summary>
    public AddressSet? Addresses(PolicyNode node)
    {
        if (Entries(node, allowEmpty: true) is not { } entries) return null;
        if (!AddressSet.TryParse(entries, out AddressSet? set, out IReadOnlyList<EntryError> faults)) errors.AddEntries(ArrayOf(node), faults);
        return set;
    }

    /// <summary>The strings of a list, or null after an error.</summary>
    public IReadOnlyList<string>? Strings(PolicyNode node) => Entries(node, allowEmpty: true);

    /// <summary>The strings of an array that is not empty, or null after an error.</summary>
    public IReadOnlyList<string>? PlainStrings(PolicyNode node) => Entries(node, allowEmpty: false);

    private static PolicyNode ArrayOf(PolicyNode list) =>
        list is ObjectNode declared ? declared.Fields.First(field => AsciiComparer.IgnoreCase.Equals(field.Key, PolicyKeys.Entries)).Value : list;

    private void ReadNamed<T>(PolicyNode? node, Dictionary<string, T?> lists, Func<PolicyNode, T?> read, Func<T, string, T> named)
        where T : class
    {
        if (node is null) return;
        if (node is not ObjectNode { Fields.Count: > 0 } declared)
        {
            errors.AddKind(node, "an object of lists, each with its name");
            return;
        }

        foreach ((string name, PolicyNode list) in declared.Fields)
        {
            if (list is StringNode) errors.AddKind(list, "an array of strings");
            T? set = list is StringNode ? null : read(list);
            if (NameText.FindFault(name) is { } fault) errors.Add(list, $"the name of the list is {fault}", "write a name that can be shown");
            else if (!lists.TryAdd(name, set is null ? null : Name(set, name, named))) errors.Add(list, "two lists have this name", "name them apart");
        }
    }

    private T Name<T>(T set, string name, Func<T, string, T> named)
        where T : class
    {
        T own = named(set, name);
        files.Rename(set, own);
        return own;
    }

    private T? Find<T>(StringNode name, Dictionary<string, T?> lists, string room)
        where T : class
    {
        if (lists.TryGetValue(name.Value, out T? set)) return set;
        string known = lists.Count == 0 ? $"there is none in {room}" : $"the lists in {room} are {string.Join(", ", lists.Keys.Select(key => Printable.Escape(key)))}";
        errors.Add(name, $"there is no list \"{Printable.Escape(name.Value)}\" ({known})", "name one of them, or write the entries in an array");
        return null;
    }

    private List<string>? Entries(PolicyNode node, bool allowEmpty)
    {
        bool mayBeEmpty = false;
        PolicyNode? list = node;
        if (allowEmpty && node is ObjectNode declared)
        {
            var reader = new ObjectReader(declared, errors);
            list = reader.Require(PolicyKeys.Entries);
            mayBeEmpty = reader.TakeBoolean(PolicyKeys.AllowEmpty) ?? false;
            reader.Finish();
            if (list is null) return null;
        }

        if (list is EmptyNode && mayBeEmpty) return [];
        if (list is not ArrayNode array)
        {
            errors.AddKind(list, ListForm);
            return null;
        }

        if (array.Items.Count == 0 && !mayBeEmpty)
        {
            errors.Add(list, "the list is empty", allowEmpty ? "fill it, or write { \"Entries\": [], \"AllowEmpty\": true } if it is meant" : "fill it, or leave the key out");
            return null;
        }

        int before = errors.All.Count;
        foreach (PolicyNode item in array.Items)
        {
            if (item is not StringNode) errors.AddKind(item, "a string");
        }

        return errors.All.Count > before ? null : [.. array.Items.Cast<StringNode>().Select(item => item.Value)];
    }
}
