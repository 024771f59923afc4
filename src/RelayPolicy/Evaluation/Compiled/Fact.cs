namespace RelayPolicy;

/// <summary>The atoms without a set: each is one fact of a request, true, false or unknown.</summary>
internal enum Fact : byte
{
    ClientIsIPv4 = 0,
    ClientIsIPv6,
    ClientHasConfirmedName,
    ClientIsProxied,
    TlsIsOn,
    IdentityIsAuthenticated,
    IdentityOwnsSender,
    SenderIsNull,
    SenderIsLocal,
    RecipientIsLocal,
    RecipientIsAddressLiteral,
    RecipientIsRouted,
}

/// <summary>Facts and their atoms.</summary>
internal static class Facts
{
    private static readonly Atom[] AtomOfFact =
    [
        (Atom)Condition.Client.IsIPv4, (Atom)Condition.Client.IsIPv6, (Atom)Condition.Client.HasConfirmedName, (Atom)Condition.Client.IsProxied,
        (Atom)Condition.Tls.IsOn,
        (Atom)Condition.Identity.IsAuthenticated, (Atom)Condition.Identity.OwnsSender,
        (Atom)Condition.Sender.IsNull, (Atom)Condition.Sender.IsLocal,
        (Atom)Condition.Recipient.IsLocal, (Atom)Condition.Recipient.IsAddressLiteral, (Atom)Condition.Recipient.IsRouted,
    ];

    public static Atom AtomOf(Fact fact) => AtomOfFact[(int)fact];

    /// <summary>The facts that rest on any of these, the fact with number n as bit n.</summary>
    public static int Reading(RelayFacts reads)
    {
        int bits = 0;
        for (int fact = 0; fact < AtomOfFact.Length; fact++)
        {
            if ((AtomOfFact[fact].Reads & reads) != 0) bits |= 1 << fact;
        }

        return bits;
    }

    /// <summary>The fact of the atom, if it is over no set.</summary>
    public static bool TryGet(Atom atom, out Fact fact)
    {
        int place = Array.IndexOf(AtomOfFact, atom);
        fact = (Fact)Math.Max(place, 0);
        return place >= 0;
    }
}
