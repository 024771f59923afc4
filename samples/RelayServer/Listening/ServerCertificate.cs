using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RelayPolicy.Samples.RelayServer.Settings;

namespace RelayPolicy.Samples.RelayServer.Listening;

/// <summary>The certificate of the server.</summary>
internal static class ServerCertificate
{
    /// <summary>Loads the certificate of the settings, or makes one.</summary>
    /// <param name="settings">Which one.</param>
    /// <param name="folder">The folder of relative paths.</param>
    /// <param name="hostName">The name for one that is made.</param>
    /// <exception cref="CryptographicException">The file is not there, or no certificate with this key or password.</exception>
    public static X509Certificate2 Load(CertificateSettings settings, string folder, string hostName)
    {
        if (settings.File.Length == 0) return Make(hostName);
        try
        {
            X509Certificate2 certificate = Read(settings, folder);
            return certificate.HasPrivateKey ? certificate : throw new CryptographicException($"{settings.File} holds no private key");
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            string mend = settings.KeyFile is null ? "it must be a PKCS #12 file with this Password; of a PEM file name the KeyFile too" : "File and KeyFile must be PEM files that belong together";
            throw new CryptographicException($"{ServerSettings.Section}:Certificate: {exception.Message}; {mend}", exception);
        }
    }

    private static X509Certificate2 Read(CertificateSettings settings, string folder)
    {
        string file = Path.GetFullPath(settings.File, folder);
        if (settings.KeyFile is null) return X509CertificateLoader.LoadPkcs12FromFile(file, settings.Password);
        using X509Certificate2 read = X509Certificate2.CreateFromPemFile(file, Path.GetFullPath(settings.KeyFile, folder));
        return Usable(read);
    }

    private static X509Certificate2 Make(string hostName)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={hostName}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(hostName);
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 made = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        return Usable(made);
    }

    // TLS on Windows takes no key that lives in memory alone.
    private static X509Certificate2 Usable(X509Certificate2 certificate) => X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
}
