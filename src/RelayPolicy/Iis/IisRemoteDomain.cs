namespace RelayPolicy.Iis;

/// <summary>A remote domain of an IIS SMTP server.</summary>
/// <param name="Name">The domain, <c>example.com</c> or <c>*.example.com</c>; the latter does not include <c>example.com</c>.</param>
/// <param name="AllowRelay">"Allow incoming mail to be relayed to this domain": from anyone who may send at all.</param>
public sealed record IisRemoteDomain(string Name, bool AllowRelay = false);
