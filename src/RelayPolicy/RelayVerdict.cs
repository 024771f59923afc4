namespace RelayPolicy;

/// <summary>
/// The answer to a request: what to do, on what it rests, and what to say to the client. <c>default(RelayVerdict)</c> refuses
/// with <c>550 5.7.1</c>.
/// </summary>
public readonly record struct RelayVerdict
{
    private readonly SmtpReply? _reply;

    /// <summary>What is to be done with the recipient.</summary>
    public RelayAction Action { get; init; }

    /// <summary>The stage that decided.</summary>
    public RelayStage Stage { get; init; }

    /// <summary>On what the verdict rests.</summary>
    public RelayReason Reason { get; init; }

    /// <summary>The rule that decided; where facts are unknown, the first one that may have; null if none did.</summary>
    public RelayRule? Rule { get; init; }

    /// <summary>The first audit-only rule that would have decided otherwise, or null.</summary>
    public RelayRule? AuditRule { get; init; }

    /// <summary>The exception of user code or of the library that was met on the way, or null. Whoever asked should log it.</summary>
    public Exception? Fault { get; init; }

    /// <summary>The reply to the command: if none was given, one that fits <see cref="Action"/>.</summary>
    public SmtpReply Reply
    {
        get => _reply ?? DefaultReplies.For(Action);
        init => _reply = value;
    }

    /// <summary>Whether the recipient may pass: <see cref="RelayAction.Deliver"/> or <see cref="RelayAction.Relay"/>.</summary>
    public bool IsAccepted => Action is RelayAction.Deliver or RelayAction.Relay;

    /// <summary>Whether the client is refused, for good or for now. An undefined action refuses.</summary>
    public bool IsRefused => !IsAccepted && Action != RelayAction.Continue;

    /// <summary>The verdict on one line, for logs: it never holds text from the client but in the reply, where it is made safe.</summary>
    public override string ToString() =>
        $"{Action} at {Stage} by {(Rule is null ? Reason.ToString() : $"rule \"{Printable.Escape(Rule.Name)}\"")}{(Rule is null || Reason == RelayReason.Rule ? "" : $" ({Reason})")}: {Reply}";
}
