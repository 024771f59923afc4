// <lists>
using System.Globalization;
using System.Net;
using RelayPolicy;
using static RelayPolicy.Condition;

namespace MyMailServer;

public sealed class Lists
{
    // Networks and domains, one a line, plain or packed with gzip: 192.0.2.0/24; example.com, *.example.com (what is below it).
    private NetworkSet _blocked = NetworkList.Load("drop.txt.gz");
    private readonly DomainSet _ours = DomainList.Load("domains.txt");

    // A domain and a number a line; whatever int.Parse refuses is an error of its line.
    private readonly DomainTable<int> _priorities = DomainList.LoadTable("priorities.txt", value => int.Parse(value, CultureInfo.InvariantCulture));

    public Lists() => Policy = MakePolicy();

    public RelayRuleSet Policy { get; private set; }

    // A set answers by itself too, from an IPAddress, from the bytes of an address or from a name; a table gives the longest match.
    public bool IsBlocked(IPAddress client) => _blocked.Contains(client);

    public int PriorityOf(SmtpPath recipient) => _priorities.TryFind(recipient.Domain, out int priority) ? priority : 0;

    // A failed update names every line that is wrong, and what is in use stays. A fresh set needs a fresh policy.
    public bool TryUpdate(Stream download, Action<LineError> log)
    {
        bool isRead = NetworkList.TryRead(download, out NetworkSet? fresh, out IReadOnlyList<LineError> errors, new ListOptions { RequireFinalNewline = true });
        foreach (LineError error in errors) log(error);
        _blocked = fresh ?? _blocked;
        if (isRead) Policy = MakePolicy();
        return isRead;
    }

    private RelayRuleSet MakePolicy() => RelayRuleSet.Create(
    [
        new("blocked", RelayStage.Connect, Client.In(_blocked), RuleAction.Reject),
        new("local", RelayStage.Recipient, Recipient.IsLocal, RuleAction.Accept),
    ], new RelayRuleSetOptions { LocalDomains = _ours });
}
// </lists>
