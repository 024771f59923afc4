using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MyMailServer;
using RelayPolicy;

// The class of the README, and a policy from configuration, in a program compiled ahead of time.
var stranger = new IPEndPoint(IPAddress.Parse("203.0.113.9"), 40_000);
var control = new RelayControl();
Expect("250 2.1.5 Recipient OK", control.AnswerRcptTo(stranger, user: null, SmtpPath.Null, "<bob@example.com>").ToString());
Expect("550 5.7.1 Relaying denied", control.AnswerRcptTo(stranger, user: null, SmtpPath.Null, "<bob@elsewhere.example>").ToString());
Expect("250 2.1.5 Recipient OK", control.AnswerRcptTo(stranger, user: "alice", SmtpPath.Null, "<bob@elsewhere.example>").ToString());

IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
{
    ["RelayPolicy:LocalDomains:0"] = "example.com",
    ["RelayPolicy:Rules:0:Name"] = "local",
    ["RelayPolicy:Rules:0:Stage"] = "Recipient",
    ["RelayPolicy:Rules:0:Action"] = "Accept",
    ["RelayPolicy:Rules:0:When:Recipient.IsLocal"] = "true",
}).Build();
using ServiceProvider services = new ServiceCollection()
    .AddSingleton<IConfiguration>(configuration)
    .AddRelayPolicy(configuration.GetSection("RelayPolicy"))
    .BuildServiceProvider();
IRelayDecision decision = services.GetRequiredService<IRelayDecision>();
var request = new RelayRequest(ClientEndpoint.FromEndPoint(stranger), identity: null, SmtpPath.Null, SmtpPath.ParseMailbox("bob@example.com"));
Expect("Deliver at Recipient by rule \"local\": 250 2.1.5 Recipient OK", decision.Evaluate(request).ToString());
Console.WriteLine("The package does what the README says.");

static void Expect(string expected, string actual)
{
    if (actual != expected) throw new InvalidOperationException($"Expected {expected}, but it was {actual}.");
}
