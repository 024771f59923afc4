using RelayPolicy.Configuration;
using RelayPolicy.Iis;

namespace RelayPolicy.Migration;

/// <summary>Makes a policy of the settings of one server.</summary>
internal sealed class ServerImport(IisServer server, IisImportOptions options)
{
    private readonly ImportContext _context = new(server, options);

    public IisImport Run()
    {
        IisSmtpModel model = MakeModel();
        RelayRule[] rules = [.. model.ToRules().Select(rule => rule with { Comment = _context.Comments.GetValueOrDefault(rule.Name) })];
        var policy = new PolicyFile(RelayRuleSet.Create(rules, model.RuleSetOptions), model.Limits);
        return new IisImport(server, model, policy, _context.Findings.All);
    }

    private IisSmtpModel MakeModel()
    {
        var lists = new AccessListImport(_context);
        var authentication = new AuthenticationImport(_context);
        IisAccessList relayRestrictions = lists.ReadRelayRestrictions();
        IisAccessList connectionControl = lists.ReadConnectionControl();
        IisAuthentication ways = authentication.Restrict(authentication.ReadAuthentication(), connectionControl.Mode);
        var model = new IisSmtpModel
        {
            RelayRestrictions = relayRestrictions,
            Authentication = ways,
            AuthenticatedMayRelay = authentication.ReadAuthenticatedMayRelay(ways),
            RequireTls = authentication.ReadRequireTls(),
            Limits = new LimitImport(_context).Read(),
        };
        model = new DomainImport(_context).AddTo(model);
        new RestImport(_context).Report();
        if (_context.RefusesEverybody is not { } reason) return model with { ConnectionControl = connectionControl };
        _context.Comments[IisRuleNames.ConnectionControl] = reason;
        return model with { ConnectionControl = new IisAccessList(IisListMode.OnlyTheList) };
    }
}
