namespace RelayPolicy;

/// <summary>What each atom means. An atom on an unknown fact is unknown, whatever its set holds.</summary>
internal static class AtomEvaluator
{
    public static Kleene Evaluate(Atom atom, in RequestView view)
    {
        if (atom is RecipientIsLocal) return view.IsRecipientLocal;
        return view.UnknownAmong(atom.Reads) == UnknownKinds.None ? Kleene.Of(Holds(atom, view)) : Kleene.Unknown;
    }

    private static bool Holds(Atom atom, in RequestView view)
    {
        ref readonly RelayRequest request = ref view.Request;
        return atom switch
        {
            ClientIn a => a.Networks.Contains(request.Client.Key),
            ClientFamily a => request.Client.Key.IsIPv4 == a.IsIPv4,
            ClientHostIn a => HasConfirmedNameIn(request.Client, a.Domains),
            ClientHasConfirmedName => request.Client.HostNameStatus == HostNameStatus.Confirmed,
            ClientListener a => request.Client.Listener is { } listener && ContainsAscii(a.Names, listener),
            ClientIsProxied => request.Client.Provenance == ClientProvenance.Proxied,
            TlsIsOn => request.Tls.IsOn,
            TlsCertificate a => a.Fingerprints.Values.Contains(request.Tls.Certificate), // never of default, which no rule may list
            IdentityAtom a => request.Identity.IsAuthenticated && HoldsForUser(a, view),
            SenderIsNull => request.Sender.IsNull,
            SenderIsLocal => view.LocalDomains.Contains(request.Sender),
            SenderIn a => a.Domains.Contains(request.Sender),
            SenderIs a => a.Addresses.Contains(request.Sender),
            RecipientIn a => a.Domains.Contains(request.Recipient),
            RecipientIs a => a.Addresses.Contains(request.Recipient),
            RecipientIsAddressLiteral => request.Recipient.AddressLiteral is not null,
            RecipientIsRouted => view.IsRouted,
            _ => throw new InvalidOperationException($"The evaluation does not know the atom {atom.Name}."),
        };
    }

    private static bool HoldsForUser(IdentityAtom atom, in RequestView view)
    {
        AuthIdentity identity = view.Request.Identity;
        IEqualityComparer<string> names = view.Options.NameComparer;
        return atom switch
        {
            IdentityIsAuthenticated => true,
            IdentityOwnsSender => view.Ownership.Owns(identity, view.Request.Sender),
            IdentityUser a => Contains(a.Names, identity.User, names),
            IdentityGroup a => IsInGroup(identity, a.Names, names),
            IdentityMechanism a => identity.Mechanism is { } mechanism && ContainsAscii(a.Names, mechanism),
            _ => throw new InvalidOperationException($"The evaluation does not know the atom {atom.Name}."),
        };
    }

    private static bool HasConfirmedNameIn(in ClientEndpoint client, DomainSet domains)
    {
        if (client.HostNameStatus != HostNameStatus.Confirmed) return false;
        foreach (DomainName name in client.HostNames)
        {
            if (domains.Contains(name)) return true;
        }

        return false;
    }

    private static bool IsInGroup(AuthIdentity identity, ValueList<string> groups, IEqualityComparer<string> comparer)
    {
        for (int i = 0; i < identity.Groups.Count; i++)
        {
            if (Contains(groups, identity.Groups[i], comparer)) return true;
        }

        return false;
    }

    private static bool ContainsAscii(ValueList<string> names, string name) => Contains(names, name, AsciiComparer.IgnoreCase);

    private static bool Contains(ValueList<string> names, string name, IEqualityComparer<string> comparer)
    {
        foreach (string listed in names.Values)
        {
            if (comparer.Equals(listed, name)) return true;
        }

        return false;
    }
}
