namespace RelayPolicy;

/// <summary>The replies where no rule wrote one.</summary>
internal static class DefaultReplies
{
    public static readonly SmtpReply RelayingDenied = new(550, new(5, 7, 1), "Relaying denied");
    public static readonly SmtpReply RoutedRecipient = new(550, new(5, 7, 1), "Relaying denied: the local-part names another destination");
    public static readonly SmtpReply AddressLiteral = new(550, new(5, 7, 1), "Relaying denied: address literals are not accepted here");
    public static readonly SmtpReply ClientAddressUnknown = new(550, new(5, 7, 1), "Relaying denied: the client address is unknown");
    public static readonly SmtpReply DnsFailure = new(451, new(4, 4, 3), "Temporary DNS failure, try again later");
    public static readonly SmtpReply TemporaryFailure = new(451, new(4, 3, 0), "Temporary failure, try again later");
    public static readonly SmtpReply NoPolicy = new(451, new(4, 3, 5), "No policy in force, try again later");
    public static readonly SmtpReply InternalFault = new(550, new(5, 7, 1), "Relaying denied: internal fault");
    public static readonly SmtpReply InvalidRequest = new(550, new(5, 7, 1), "Relaying denied: invalid request");

    public static readonly SmtpReply RecipientAccepted = new(250, new(2, 1, 5), "Recipient OK");
    public static readonly SmtpReply SessionContinues = new(250, new(2, 0, 0), "OK");

    /// <summary>The reply of a verdict that holds none.</summary>
    public static SmtpReply For(RelayAction action) => action switch
    {
        RelayAction.Deliver or RelayAction.Relay => RecipientAccepted,
        RelayAction.Continue => SessionContinues,
        RelayAction.Defer => TemporaryFailure,
        _ => RelayingDenied,
    };
}
