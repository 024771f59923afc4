namespace RelayPolicy;

public abstract partial record Condition
{
    /// <summary>Atoms about TLS. Known from <see cref="RelayStage.Sender"/> on.</summary>
    public static class Tls
    {
        /// <summary>The session is under TLS.</summary>
        public static Condition IsOn { get; } = new TlsIsOn();

        /// <summary>The client has shown a certificate with one of these SHA-256 fingerprints.</summary>
        public static Condition Certificate(params IEnumerable<CertificateFingerprint> fingerprints) => new TlsCertificate(new(fingerprints));
    }
}

internal sealed record TlsIsOn : Atom
{
    public override string Name => "Tls.IsOn";

    internal override RelayFacts Reads => RelayFacts.Tls;
}

internal sealed record TlsCertificate(ValueList<CertificateFingerprint> Fingerprints) : Atom
{
    public override string Name => "Tls.Certificate";

    public override AtomSupport Support => AtomSupport.Trust;

    public override bool IsEmpty => Fingerprints.Values.IsEmpty;

    internal override RelayFacts Reads => RelayFacts.Tls;

    private protected override string Argument => Fingerprints.ToString();
}
