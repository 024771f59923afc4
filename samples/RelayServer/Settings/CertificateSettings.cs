namespace RelayPolicy.Samples.RelayServer.Settings;

/// <summary>The certificate of the server: a PKCS #12 file, or a PEM file with its key.</summary>
internal sealed class CertificateSettings
{
    /// <summary>The file, relative to the configuration file; empty for a certificate made at each start, for which no client can vouch.</summary>
    public string File { get; set; } = "";

    /// <summary>The file of the key, if the certificate is a PEM file.</summary>
    public string? KeyFile { get; set; }

    /// <summary>The password of a PKCS #12 file.</summary>
    public string? Password { get; set; }
}
