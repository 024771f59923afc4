namespace RelayPolicy.Benchmarks;

/// <summary>Made-up policies, always the same ones: a rule for each customer at <see cref="RelayStage.Recipient"/>.</summary>
internal sealed class SyntheticPolicy
{
    private const int Seed = 20261124;
    private const int Shares = 100;
    private const int Nesting = 8;

    private readonly PolicyShape _shape;
    private readonly string[] _domains;
    private readonly string[] _networks;

    private SyntheticPolicy(PolicyShape shape, int rules)
    {
        _shape = shape;
        _domains = [.. SyntheticDomains.Create(Math.Max(3 * rules, Shares)).Select(entry => entry.TrimStart('*', '.')).Distinct()];
        _networks = [.. RoutingTable.Sample(IPFamily.IPv4, Math.Max(3 * rules, Shares)).Select(prefix => prefix.ToString())];
    }

    /// <summary>A rule at <see cref="RelayStage.Connect"/> whose list holds none of the clients of the requests.</summary>
    public static RelayRule BlockList { get; } = new("blocked", RelayStage.Connect, Twin.ClientIn("198.51.100.0/24").Condition, RuleAction.Reject);

    /// <summary>Eight rules with 50,000 entries each: networks, senders, recipients, and networks with senders.</summary>
    public static SyntheticRule[] WithLongLists()
    {
        const int Entries = 50_000;
        string[] domains = [.. SyntheticDomains.Create(4 * Entries).Select(entry => entry.TrimStart('*', '.')).Distinct()];
        string[][] networks = [.. RoutingTable.Sample(IPFamily.IPv4, 4 * Entries).Select(prefix => prefix.ToString()).Chunk(Entries)];
        string[][] names = [.. domains.Chunk(domains.Length / 4).Take(4)];
        return
        [
            .. Enumerable.Range(0, 2).Select(i => Rule(i, Twin.ClientIn(networks[i]), Request(AddressOf(networks[i][i]), null, "a@b.test", "x@elsewhere.test"))),
            .. Enumerable.Range(2, 2).Select(i => Rule(i, Twin.ClientIn(networks[i]) & Twin.SenderIn(names[i]), Request(AddressOf(networks[i][i]), null, $"a@{names[i][7]}", "x@elsewhere.test"))),
            .. Enumerable.Range(0, 2).Select(i => Rule(4 + i, Twin.RecipientIn(names[i]), Request("203.0.113.9", null, "a@b.test", $"x@{names[i][7]}"))),
            .. Enumerable.Range(2, 2).Select(i => Rule(4 + i, Twin.User($"user{i}") & Twin.SenderIn(names[i]), Request("203.0.113.9", $"user{i}", $"a@{names[i][7]}", "x@elsewhere.test"))),
        ];
    }

    /// <summary>The rules, and for each of them a request that it accepts if no rule before it does.</summary>
    public static SyntheticRule[] Create(PolicyShape shape, int rules)
    {
        var source = new SyntheticPolicy(shape, rules);
        return [.. Enumerable.Range(0, rules).Select(source.Make)];
    }

    /// <summary>Requests of random rules, seven in ten of them such that the rule accepts, the others of strangers to strangers.</summary>
    public static RelayRequest[] Requests(SyntheticRule[] policy, int count)
    {
        var random = new Random(Seed);
        var requests = new RelayRequest[count];
        for (int i = 0; i < count; i++)
        {
            requests[i] = random.Next(10) < 7
                ? policy[random.Next(policy.Length)].Match
                : Request($"203.0.113.{random.Next(256)}", null, $"nobody@stranger{random.Next(1000)}.test", $"someone@else{random.Next(1000)}.test");
        }

        return requests;
    }

    private SyntheticRule Make(int i)
    {
        string domain = _domains[i % _domains.Length];
        string network = _networks[i % _networks.Length];
        string other = _networks[(i + 1) % _networks.Length];
        string client = AddressOf(network);
        (Twin condition, RelayRequest match) = _shape switch
        {
            PolicyShape.SharedNetwork => (Twin.ClientIn("10.0.0.0/8") & Twin.RecipientIn(domain), Request("10.1.2.3", null, "a@b.test", $"x@{domain}")),
            PolicyShape.SharedDomain => (Twin.ClientIn(network) & Twin.RecipientIn("shared.example", "*.shared.example"), Request(client, null, "a@b.test", "x@shared.example")),
            PolicyShape.Grid => Grid(i),
            PolicyShape.DeeplyNested => (Nest(Twin.ClientIn(network), domain), Request(client, $"user{i}", $"a@{domain}", "x@elsewhere.test")),
            _ => Ordinary(i, domain, network, other, client),
        };
        return Rule(i, condition, match);
    }

    private static SyntheticRule Rule(int i, Twin condition, RelayRequest match) =>
        new(new RelayRule($"customer {i}", RelayStage.Recipient, condition.Condition, RuleAction.Accept), condition, match);

    private static string AddressOf(string network) => IPPrefix.Parse(network).Address.ToString();

    private static (Twin Condition, RelayRequest Match) Ordinary(int i, string domain, string network, string other, string client) => (i % 10) switch
    {
        0 or 1 or 2 => (Twin.ClientIn(network, other), Request(client, null, "a@b.test", "x@elsewhere.test")),
        3 or 4 => (
            Twin.ClientIn(network) & Twin.SenderIn(domain, $"*.{domain}"),
            Request(client, null, $"a@mail.{domain}", "x@elsewhere.test")),
        5 or 6 => (Twin.RecipientIn(domain, $"*.{domain}"), Request("203.0.113.9", null, "a@b.test", $"x@{domain}")),
        7 or 8 => (
            Twin.User($"user{i}") & Twin.SenderIn(domain),
            Request("203.0.113.9", $"user{i}", $"a@{domain}", "x@elsewhere.test")),
        _ => (
            Twin.RecipientIs($"sales@{domain}", $"info@{domain}") & !Twin.SenderIsNull,
            Request("203.0.113.9", null, "a@b.test", $"info@{domain}")),
    };

    private (Twin Condition, RelayRequest Match) Grid(int i)
    {
        string network = _networks[i % Shares];
        string domain = _domains[i / Shares % Shares];
        return (
            Twin.ClientIn(network) & Twin.RecipientIn(domain),
            Request(AddressOf(network), null, "a@b.test", $"x@{domain}"));
    }

    private static Twin Nest(Twin condition, string domain)
    {
        var sender = Twin.SenderIn(domain);
        for (int depth = 0; depth < Nesting; depth += 2) condition = !(!(condition & !Twin.SenderIsNull) & !(sender & condition));
        return condition;
    }

    private static RelayRequest Request(string client, string? user, string sender, string recipient) => new(
        new ClientEndpoint(System.Net.IPAddress.Parse(client)),
        new AuthIdentity(user, "PLAIN"),
        SmtpPath.ParseMailbox(sender),
        SmtpPath.ParseMailbox(recipient),
        localDomains: null,
        DateTimeOffset.UnixEpoch);
}
