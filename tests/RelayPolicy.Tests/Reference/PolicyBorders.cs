using System.Net;

namespace RelayPolicy.Tests.Reference;

/// <summary>The values at which the answer of a rule set can change: the ends of every network and their neighbours, every domain with what is
/// above, below and beside it, every mailbox.</summary>
internal sealed class PolicyBorders
{
    private readonly IPAddress[] _addresses;
    private readonly SmtpPath[] _paths;
    private readonly DomainName[] _hosts;

    public PolicyBorders(RelayRuleSet rules)
    {
        Atom[] atoms = [.. rules.Rules.SelectMany(rule => rule.Condition.Atoms()).Select(part => part.Atom)];
        DomainSet[] domains =
        [
            rules.Options.LocalDomains,
            .. atoms.Select(atom => atom switch { SenderIn sender => sender.Domains, RecipientIn recipient => recipient.Domains, ClientHostIn host => host.Domains, _ => null }).OfType<DomainSet>(),
        ];
        string[] names = [.. domains.SelectMany(set => set.ToEntries()).Distinct().SelectMany(Around).Distinct()];
        _addresses = [.. atoms.OfType<ClientIn>().SelectMany(atom => atom.Networks.ToPrefixes()).Distinct().SelectMany(Around).Distinct()];
        _paths =
        [
            .. names.Select(name => SmtpPath.ParseMailbox($"a@{name}")),
            .. atoms.Select(atom => atom switch { SenderIs sender => sender.Addresses, RecipientIs recipient => recipient.Addresses, _ => null }).OfType<AddressSet>().SelectMany(set => set.Mailboxes).Distinct(),
        ];
        _hosts = [.. names.Where(name => name[0] != '[').Select(name => DomainName.Parse(name))];
    }

    /// <summary>The request, moved to the borders: each choice picks one of them, and now and then none.</summary>
    public RelayRequest Move(RelayRequest request, int choice)
    {
        if (Pick(_addresses, ref choice, out IPAddress? address))
        {
            var client = new ClientEndpoint(address, request.Client.Port) { Listener = request.Client.Listener, Provenance = request.Client.Provenance };
            string[] host = Pick(_hosts, ref choice, out DomainName name) ? [name.Value] : [];
            request = request with { Client = host.Length > 0 && client.Address is not null ? client.WithHostNames(HostNameStatus.Confirmed, host) : client.WithHostNames(HostNameStatus.None) };
        }

        if (Pick(_paths, ref choice, out SmtpPath sender)) request = request with { Sender = sender };
        if (Pick(_paths, ref choice, out SmtpPath recipient)) request = request with { Recipient = recipient };
        return request;
    }

    // One value more than there are stands for none.
    private static bool Pick<T>(T[] values, ref int choice, out T? value)
    {
        int picked = choice % (values.Length + 1);
        choice /= values.Length + 1;
        value = picked < values.Length ? values[picked] : default;
        return picked < values.Length;
    }

    private static IEnumerable<IPAddress> Around(IPPrefix prefix)
    {
        UInt128 all = prefix.IsIPv4 ? uint.MaxValue : UInt128.MaxValue;
        return [Address(prefix.First), Address(prefix.Last), Address((prefix.First - 1) & all), Address((prefix.Last + 1) & all)];

        IPAddress Address(UInt128 bits) => new AddressKey(prefix.IsIPv4, bits).ToIPAddress();
    }

    private static string[] Around(string entry)
    {
        if (entry[0] == '[') return [entry];
        string name = entry.StartsWith("*.", StringComparison.Ordinal) ? entry[2..] : entry;
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? [name, $"x.{name}", $"x{name}"] : [name, $"x.{name}", $"x{name}", $"y.x.{name}", name[(dot + 1)..]];
    }
}
