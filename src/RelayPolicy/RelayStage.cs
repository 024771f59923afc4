namespace RelayPolicy;

/// <summary>The points of an SMTP session at which rules are asked, in their order.</summary>
public enum RelayStage
{
    /// <summary>The client has connected; on a listener that takes a proxy header, after the header.</summary>
    Connect = 0,

    /// <summary>At <c>MAIL FROM</c>: TLS, identity and reverse-path are known too.</summary>
    Sender,

    /// <summary>At <c>RCPT TO</c>: everything is known. Only here can anything be granted.</summary>
    Recipient,
}
