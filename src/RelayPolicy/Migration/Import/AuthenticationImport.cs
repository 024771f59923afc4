using RelayPolicy.Iis;

namespace RelayPolicy.Migration;

/// <summary>Imports how clients get in: authentication, TLS, and whether authenticated clients relay.</summary>
internal sealed class AuthenticationImport(ImportContext context)
{
    private const IisAuthentication Fresh = IisAuthentication.Anonymous | IisAuthentication.Basic | IisAuthentication.Integrated;
    private const uint RequireTls = 0x8, RequireCertificate = 0x40, OtherTls = 0x1a0;

    private static readonly Dictionary<string, uint> AuthNames = new(AsciiComparer.IgnoreCase)
    {
        ["AuthAnonymous"] = (uint)IisAuthentication.Anonymous,
        ["AuthBasic"] = (uint)IisAuthentication.Basic,
        ["AuthNTLM"] = (uint)IisAuthentication.Integrated,
        ["AuthMD5"] = 0x10,
        ["AuthPassport"] = 0x40,
    };

    private static readonly Dictionary<string, uint> TlsNames = new(AsciiComparer.IgnoreCase)
    {
        ["AccessSSL"] = RequireTls,
        ["AccessNegotiateCert"] = 0x20,
        ["AccessRequireCert"] = RequireCertificate,
        ["AccessMapCert"] = 0x80,
        ["AccessSSL128"] = 0x100,
    };

    public IisAuthentication ReadAuthentication()
    {
        string place = context.Settings.PlaceOf(MetabaseProperty.AuthFlags);
        if (context.Settings.Take(MetabaseProperty.AuthFlags) is not { } setting)
        {
            context.Findings.Warn(place, "not set: anonymous access, basic and integrated authentication, as on a fresh server", "all three", IisCertainty.Inferred, "compare with the page \"Access control\" of the old server");
            return Fresh;
        }

        if (setting.Problem is { } || !FlagText.TryParseFlags(setting.Value, AuthNames, out uint flags, out uint numbers, out string unknown))
        {
            RefuseEverybody(setting, "how clients get in cannot be understood");
            return IisAuthentication.None;
        }

        var ways = (IisAuthentication)flags & Fresh;
        bool guessesIntegrated = ((IisAuthentication)numbers & IisAuthentication.Integrated) != 0;
        context.Findings.Take(place, $"clients get in by: {ways}", $"{ways}", guessesIntegrated ? IisCertainty.Inferred : IisCertainty.Documented, "that 4 is integrated authentication is inferred; compare with the page \"Access control\" of the old server");
        if ((IisAuthentication)flags != ways) context.Findings.Warn(place, $"other ways to authenticate ({Printable.Escape(setting.Value)})", "not carried over", IisCertainty.Unknown, "let those clients authenticate in one of the ways that are left");
        if (ways == IisAuthentication.None) context.Findings.Warn(place, "there is no way to get in", "nobody can send", IisCertainty.Documented, "allow anonymous access or a way to authenticate");
        context.Comments[IisRuleNames.AuthenticationRequired] = $"{place}: anonymous access is off";
        return ways;
    }

    public bool ReadAuthenticatedMayRelay(IisAuthentication ways)
    {
        string place = context.Settings.PlaceOf(MetabaseProperty.RelayForAuth);
        IisSetting? setting = context.Settings.Take(MetabaseProperty.RelayForAuth);
        bool mayRelay = true;
        if (setting is not null && (setting.Problem is not null || !FlagText.TryParseBoolean(setting.Value, out mayRelay)))
        {
            context.Findings.Refuse(place, $"it cannot be understood: {ProblemOf(setting)}", "who authenticates may not relay", "say whether authenticated clients may relay");
            return false;
        }

        context.Comments[IisRuleNames.Authenticated] = setting is null ? $"{place} is not set, and on by default" : $"{place}: authenticated clients relay regardless of the list";
        string meaning = $"{(setting is null ? "not set: " : "")}authenticated clients {(mayRelay ? "may relay regardless of the relay list" : "relay only by the relay list")}";
        bool canAuthenticate = (ways & (IisAuthentication.Basic | IisAuthentication.Integrated)) != 0;
        if (mayRelay && !canAuthenticate) context.Findings.Warn(place, meaning + ", but nobody can authenticate", "no rule: authentication can never happen", IisCertainty.Documented, "allow a way to authenticate if some clients did");
        else context.Findings.Note(place, meaning, mayRelay ? "a rule" : "no rule");
        return mayRelay;
    }

    public bool ReadRequireTls()
    {
        string place = context.Settings.PlaceOf(MetabaseProperty.AccessSslFlags);
        if (context.Settings.Take(MetabaseProperty.AccessSslFlags) is not { } setting) return false;
        if (setting.Problem is { } || !FlagText.TryParseFlags(setting.Value, TlsNames, out uint flags, out _, out _) || (flags & ~(RequireTls | OtherTls)) != 0)
        {
            RefuseEverybody(setting, "what it asks of TLS cannot be understood, or is a client certificate");
            return true;
        }

        if (flags == 0)
        {
            context.Findings.Note(place, "TLS is not required", "no rule");
            return false;
        }

        context.Comments[IisRuleNames.TlsRequired] = $"{place}: {Printable.Escape(setting.Value)}";
        context.Findings.Warn(place, "TLS is required", "a rule that refuses senders without TLS", IisCertainty.Guessed, "leave the rule out if the old server took mail without TLS");
        return true;
    }

    /// <summary>Takes from the ways what SmtpIpRestrictionFlag may have kept out.</summary>
    public IisAuthentication Restrict(IisAuthentication ways, IisListMode connectionControl)
    {
        string place = context.Settings.PlaceOf(MetabaseProperty.SmtpIpRestrictionFlag);
        if (context.Settings.Take(MetabaseProperty.SmtpIpRestrictionFlag) is not { } setting) return ways;
        if (setting.Problem is null && FlagText.TryParseNumber(setting.Value, out uint flag) && flag == 0)
        {
            context.Findings.Note(place, "no further restriction", "nothing");
            return ways;
        }

        if (connectionControl == IisListMode.OnlyTheList)
        {
            context.Findings.Refuse(place, "anonymous clients come from listed addresses only, authenticated ones from anywhere", "nobody connects from an address that is not listed, authenticated or not", "move the connection control to Sender and exempt Identity.IsAuthenticated, if such clients are to come in", IisCertainty.Documented);
            return ways;
        }

        context.Findings.Refuse(place, "anonymous clients come from listed addresses only, but the connection control is no list of who may connect", "nobody comes in anonymously", "list who may come in anonymously");
        context.Comments[IisRuleNames.AuthenticationRequired] = $"{place}: which addresses it lets in anonymously is not known, so none";
        return ways & ~IisAuthentication.Anonymous;
    }

    private void RefuseEverybody(IisSetting setting, string meaning)
    {
        context.Findings.Refuse(setting.Place, $"{meaning}: {ProblemOf(setting)}", "nobody may connect", "write the rules anew by the old server's page \"Access control\"");
        context.RefuseEverybody($"{setting.Place} cannot be understood, so nobody may connect");
    }

    private static string ProblemOf(IisSetting setting) => setting.Problem ?? $"\"{Printable.Escape(setting.Value)}\"";
}
