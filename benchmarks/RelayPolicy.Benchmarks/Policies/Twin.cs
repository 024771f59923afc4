namespace RelayPolicy.Benchmarks;

/// <summary>A condition of the library together with the code that somebody would write in its place, and the entries of its lists.</summary>
/// <param name="Condition">The library's condition.</param>
/// <param name="Holds">The same as plain code on the library's sets.</param>
/// <param name="Entries">The entries of its lists, as text.</param>
internal sealed record Twin(Condition Condition, NaivePredicate Holds, IReadOnlyList<string> Entries)
{
    public static Twin SenderIsNull { get; } = new(Condition.Sender.IsNull, (in RelayRequest request) => request.Sender.IsNull, []);

    public static Twin TlsIsOn { get; } = new(Condition.Tls.IsOn, (in RelayRequest request) => request.Tls.IsOn, []);

    public static Twin ClientIn(params string[] networks)
    {
        var set = NetworkSet.Parse(networks);
        return new(Condition.Client.In(set), (in RelayRequest request) => set.Contains(request.Client.Address), networks);
    }

    public static Twin SenderIn(params string[] domains)
    {
        var set = DomainSet.Parse(domains);
        return new(Condition.Sender.In(set), (in RelayRequest request) => set.Contains(request.Sender), domains);
    }

    public static Twin RecipientIn(params string[] domains)
    {
        var set = DomainSet.Parse(domains);
        return new(Condition.Recipient.In(set), (in RelayRequest request) => set.Contains(request.Recipient), domains);
    }

    public static Twin RecipientIs(params string[] mailboxes)
    {
        var set = AddressSet.Parse(mailboxes);
        return new(Condition.Recipient.Is(set), (in RelayRequest request) => set.Contains(request.Recipient), mailboxes);
    }

    public static Twin User(string name) => new(
        Condition.Identity.User(name),
        (in RelayRequest request) => request.Identity.IsAuthenticated && string.Equals(request.Identity.User, name, StringComparison.OrdinalIgnoreCase),
        [name]);

    public static Twin operator &(Twin left, Twin right)
    {
        (NaivePredicate first, NaivePredicate second) = (left.Holds, right.Holds);
        return new(left.Condition & right.Condition, (in RelayRequest request) => first(request) && second(request), [.. left.Entries, .. right.Entries]);
    }

    public static Twin operator !(Twin twin)
    {
        NaivePredicate holds = twin.Holds;
        return new(!twin.Condition, (in RelayRequest request) => !holds(request), twin.Entries);
    }
}

/// <summary>Whether a rule holds, in plain code.</summary>
internal delegate bool NaivePredicate(in RelayRequest request);
