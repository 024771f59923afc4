using static RelayPolicy.Condition;

namespace RelayPolicy.Tests.Rules;

/// <summary>Conditions are data: they print, and they are equal when they are written alike.</summary>
public class ConditionTests
{
    public static TheoryData<string, string> Prints => new()
    {
        { "any", "Any" },
        { "not", "!Client.IsIPv4" },
        { "flat", "Client.IsIPv4 & Client.IsProxied & Tls.IsOn" },
        { "nested", "Client.IsIPv4 & (Tls.IsOn | !(Sender.IsNull & Client.IsProxied))" },
        { "few", "Client.In(192.0.2.0/24, 2001:db8::5)" },
        { "many", "Client.In(192.0.2.1, 192.0.2.3, 192.0.2.5, 192.0.2.7, and 2 more)" },
        { "named", "Recipient.In(partners)" },
        { "none", "Sender.In((none))" },
        { "names", "Identity.User(alice, bob)" },
        { "custom", "Custom(quota)" },
    };

    [Theory]
    [MemberData(nameof(Prints))]
    public void A_condition_prints_as_it_is_written(string kind, string expected)
    {
        Condition condition = kind switch
        {
            "any" => Any,
            "not" => !Client.IsIPv4,
            "flat" => Client.IsIPv4 & (Client.IsProxied & Tls.IsOn),
            "nested" => Client.IsIPv4 & (Tls.IsOn | !(Sender.IsNull & Client.IsProxied)),
            "few" => Client.In(NetworkSet.Parse("2001:db8::5", "192.0.2.0/24")),
            "many" => Client.In(NetworkSet.Parse("192.0.2.1", "192.0.2.3", "192.0.2.5", "192.0.2.7", "192.0.2.9", "192.0.2.11")),
            "named" => Recipient.In(DomainSet.Parse("partner.example").Named("partners")),
            "none" => Sender.In(DomainSet.Empty),
            "names" => Identity.User("alice", "bob"),
            _ => Custom("quota", RelayFacts.Identity, (in RelayRequest _) => true),
        };
        Assert.Equal(expected, condition.ToString());
    }

    [Fact]
    public void Conditions_that_are_written_alike_are_equal()
    {
        Condition Make(string network) => Client.In(NetworkSet.Parse(network)) & !(Identity.User("alice") | Tls.IsOn);
        Assert.Equal(Make("192.0.2.0/24"), Make("192.0.2.0/255.255.255.0"));
        Assert.Equal(Make("192.0.2.0/24").GetHashCode(), Make("192.0.2.0/24").GetHashCode());
        Assert.NotEqual(Make("192.0.2.0/24"), Make("192.0.2.0/25"));
    }

    [Fact]
    public void Joins_of_the_same_kind_are_flat_and_keep_their_order()
    {
        Assert.Equal(Client.IsIPv4 & Tls.IsOn & Sender.IsNull, Client.IsIPv4 & (Tls.IsOn & Sender.IsNull));
        Assert.NotEqual(Client.IsIPv4 & Tls.IsOn, Tls.IsOn & Client.IsIPv4);
        Assert.NotEqual(Client.IsIPv4 & Tls.IsOn, Client.IsIPv4 | Tls.IsOn);
    }

    [Fact]
    public void A_rule_prints_as_a_sentence() =>
        Assert.Equal(
            "\"office\": at Recipient, accept when Client.In(192.0.2.0/24) (audit only, from 2026-11-24T12:00:00Z, reply 250 2.1.5 Fine)",
            (Asking.AtRecipient("office", Client.In(NetworkSet.Parse("192.0.2.0/24"))) with { AuditOnly = true, NotBefore = Asking.Noon, Reply = SmtpReply.Parse("250 2.1.5 Fine") }).ToString());

    [Theory]
    [InlineData("client")]
    [InlineData("sender")]
    [InlineData("recipient")]
    public void A_null_set_is_an_error_at_once(string atom) => Assert.Throws<ArgumentNullException>(() => atom switch
    {
        "client" => Client.In(null!),
        "sender" => Sender.Is(null!),
        _ => Recipient.In(null!),
    });
}
