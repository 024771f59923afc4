namespace RelayPolicy.Smtp;

/// <summary>A recipient that was accepted.</summary>
/// <param name="ForwardPath">The recipient.</param>
/// <param name="Action"><see cref="RelayAction.Deliver"/> or <see cref="RelayAction.Relay"/>.</param>
/// <param name="Notify">When the sender wants to be told (RFC 3461).</param>
/// <param name="OriginalRecipient">The original recipient (RFC 3461 §4.2) as it is passed on, or null.</param>
public readonly record struct SmtpRecipient(SmtpPath ForwardPath, RelayAction Action, DsnNotify Notify, string? OriginalRecipient);
