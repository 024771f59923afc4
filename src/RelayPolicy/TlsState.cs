namespace RelayPolicy;

/// <summary>
/// Whether the client's session is under TLS, and with which client certificate. Of a client behind a proxy, say only what
/// concerns the client itself: a TLS session that it started end to end, or what the proxy passed on; never the proxy's own
/// TLS. <c>default(TlsState)</c> is no TLS.
/// </summary>
public readonly record struct TlsState
{
    private TlsState(CertificateFingerprint certificate)
    {
        IsOn = true;
        Certificate = certificate;
    }

    /// <summary>No TLS.</summary>
    public static TlsState Off => default;

    /// <summary>Whether the session is under TLS.</summary>
    public bool IsOn { get; }

    /// <summary>The SHA-256 fingerprint of the client's certificate, or <c>default</c> if it sent none.</summary>
    public CertificateFingerprint Certificate { get; }

    /// <summary>A session under TLS.</summary>
    /// <param name="certificate">The fingerprint of the client's certificate, whose key the handshake has proved; <c>default</c> if it sent none.</param>
    public static TlsState On(CertificateFingerprint certificate = default) => new(certificate);
}
