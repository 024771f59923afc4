namespace RelayPolicy;

/// <summary>
/// What happens to recipients whose local-part names another destination, such as <c>user%elsewhere@local</c> or
/// <c>"user@elsewhere"@local</c>. There is deliberately no way to take them from strangers.
/// </summary>
public enum RoutedRecipients
{
    /// <summary>Refused for everybody.</summary>
    Refuse = 0,

    /// <summary>In accepting rules, the destination (<c>Recipient.IsLocal</c>, <c>.In</c>, <c>.Is</c>) counts for nothing for them, so that
    /// only who the client is can let them pass.</summary>
    TrustedOnly,
}
