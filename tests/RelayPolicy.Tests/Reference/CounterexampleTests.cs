using RelayPolicy.Configuration;
using static RelayPolicy.Condition;

namespace RelayPolicy.Tests.Reference;

/// <summary>What breaks a law is shown small, and so that the sample Decide can read it.</summary>
public sealed class CounterexampleTests
{
    private static readonly RelayRule Culprit = new("culprit", RelayStage.Recipient, Client.In(NetworkSet.Parse("192.0.2.0/24")), RuleAction.Accept);

    [Fact]
    public void What_does_not_matter_is_left_out()
    {
        RelayRuleSet rules = RelayRuleSet.Create(
            [new("other", RelayStage.Sender, Sender.IsNull, RuleAction.Reject), Culprit with { Condition = (Culprit.Condition & !Sender.IsNull) | Identity.IsAuthenticated }],
            new RelayRuleSetOptions { LocalDomains = Asking.Local });
        RelayRequest request = Asking.Request(client: "192.0.2.1", user: "alice") with { Tls = TlsState.On(), UnknownFacts = RelayFacts.Locality };
        Counterexample smallest = Counterexample.Minimise(rules, request, (fewer, simpler) => fewer.Rules.Any(rule => rule.Condition.Atoms().Any(part => part.Atom is ClientIn)) && simpler.Client.Address is not null);
        Assert.Equal([Culprit], smallest.Rules.Rules);
        Assert.Equal("""{"client":"192.0.2.1","port":0,"hostNameStatus":"NotAsked","proxied":false,"groups":[],"tls":false,"at":"2026-11-24T12:00:00.0000000\u002B00:00","from":"\u003C\u003E","to":"\u003Cr@far.example\u003E"}""", smallest.RequestText());
    }

    [Fact]
    public void The_policy_of_a_counterexample_is_a_policy_file() =>
        Assert.Equal([Culprit], PolicyFile.Parse(new Counterexample(RelayRuleSet.Create([Culprit]), Asking.Request()).PolicyText()).RuleSet.Rules);

#if NET10_0_OR_GREATER
    [Fact]
    public void Decide_reads_a_counterexample_and_says_what_the_library_says()
    {
        RelayRuleSet rules = RelayRuleSet.Create([Culprit, new("local", RelayStage.Recipient, Recipient.IsLocal, RuleAction.Accept)], new RelayRuleSetOptions { LocalDomains = DomainSet.Parse("local.example") });
        string folder = Directory.CreateTempSubdirectory("relaypolicy").FullName;
        try
        {
            RelayRequest[] requests = [.. PolicyWorld.Request.Array[40].Single()];
            string policy = Path.Combine(folder, "policy.json");
            File.WriteAllText(policy, new Counterexample(rules, requests[0]).PolicyText());
            Samples.SampleProgram.Result result = Samples.SampleProgram.Decide.Feed(
                string.Join('\n', requests.Select(request => new Counterexample(rules, request).RequestText())), "--policy", policy, "--requests", "-");
            Assert.Empty(result.Errors);
            Assert.Equal(requests.Select(request => $"\"action\":\"{rules.Evaluate(request).Action}\""), result.Output.Where(line => line.Length > 0).Select(line => line[1..line.IndexOf(',', StringComparison.Ordinal)]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
#endif
}
