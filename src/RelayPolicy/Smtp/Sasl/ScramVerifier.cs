using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RelayPolicy.Smtp.Sasl;

/// <summary>
/// What a server stores of a password for SCRAM-SHA-256 (RFC 5802 §3, RFC 7677): salt, iterations, StoredKey and ServerKey. It serves PLAIN
/// and LOGIN too. Passwords are taken as they are, as UTF-8; whoever stores them prepares them (RFC 4013, RFC 8265) if the clients do.
/// </summary>
public sealed class ScramVerifier
{
    /// <summary>The fewest iterations that RFC 7677 §4 allows.</summary>
    public const int MinIterations = 4096;

    private const string Scheme = "SCRAM-SHA-256";
    private const int HashLength = SHA256.HashSizeInBytes;
    private const int SaltLength = 16;

    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(HashLength);

    private readonly byte[] _salt;
    private readonly byte[] _storedKey;
    private readonly byte[] _serverKey;

    private ScramVerifier(int iterations, byte[] salt, byte[] storedKey, byte[] serverKey)
    {
        Iterations = iterations;
        _salt = salt;
        _storedKey = storedKey;
        _serverKey = serverKey;
    }

    /// <summary>The iterations of PBKDF2.</summary>
    public int Iterations { get; }

    /// <summary>The salt.</summary>
    public ReadOnlySpan<byte> Salt => _salt;

    /// <summary>StoredKey, 32 octets.</summary>
    public ReadOnlySpan<byte> StoredKey => _storedKey;

    /// <summary>ServerKey, 32 octets.</summary>
    public ReadOnlySpan<byte> ServerKey => _serverKey;

    /// <summary>What to store of a password, with a random salt.</summary>
    /// <param name="password">The password, not empty.</param>
    /// <param name="iterations">The iterations of PBKDF2, at least <see cref="MinIterations"/>. PLAIN and LOGIN cost them at each authentication.</param>
    /// <exception cref="ArgumentException">The password is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are too few iterations.</exception>
    public static ScramVerifier Create(string password, int iterations = MinIterations)
    {
        ArgumentException.ThrowIfNullOrEmpty(password);
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, MinIterations);
        return Derive(password, RandomNumberGenerator.GetBytes(SaltLength), iterations);
    }

    /// <summary>Takes what is stored elsewhere.</summary>
    /// <param name="iterations">The iterations, at least <see cref="MinIterations"/>.</param>
    /// <param name="salt">The salt, not empty.</param>
    /// <param name="storedKey">StoredKey, 32 octets.</param>
    /// <param name="serverKey">ServerKey, 32 octets.</param>
    /// <exception cref="ArgumentException">One of them is not as described.</exception>
    public static ScramVerifier FromKeys(int iterations, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> storedKey, ReadOnlySpan<byte> serverKey)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, MinIterations);
        if (salt.IsEmpty) throw new ArgumentException("The salt is empty.", nameof(salt));
        if (storedKey.Length != HashLength) throw new ArgumentException($"StoredKey has {HashLength} octets.", nameof(storedKey));
        if (serverKey.Length != HashLength) throw new ArgumentException($"ServerKey has {HashLength} octets.", nameof(serverKey));
        return new ScramVerifier(iterations, salt.ToArray(), storedKey.ToArray(), serverKey.ToArray());
    }

    /// <summary>Reads what <see cref="ToString"/> prints, the form in which PostgreSQL stores it:
    /// <c>SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey</c>, the last three in base64.</summary>
    /// <param name="text">The text, or null, which is an error.</param>
    /// <param name="verifier">The verifier, or null on failure.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ScramVerifier? verifier)
    {
        verifier = null;
        string[] parts = (text ?? "").Split('$', ':');
        if (parts.Length != 5 || text != $"{parts[0]}${parts[1]}:{parts[2]}${parts[3]}:{parts[4]}" || parts[0] != Scheme) return false;
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int iterations) || iterations < MinIterations) return false;
        if (!TryDecode(parts[2], out byte[] salt) || !TryDecode(parts[3], out byte[] storedKey) || !TryDecode(parts[4], out byte[] serverKey)) return false;
        if (salt.Length == 0 || storedKey.Length != HashLength || serverKey.Length != HashLength) return false;
        verifier = new ScramVerifier(iterations, salt, storedKey, serverKey);
        return true;
    }

    /// <summary>Whether this is the password. Takes the time of PBKDF2 whatever the answer.</summary>
    public bool IsPassword(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        return CryptographicOperations.FixedTimeEquals(Derive(password, _salt, Iterations)._storedKey, _storedKey);
    }

    /// <summary>The verifier as text to be stored.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Scheme}${Iterations}:{Convert.ToBase64String(_salt)}${Convert.ToBase64String(_storedKey)}:{Convert.ToBase64String(_serverKey)}");

    /// <summary>
    /// A verifier for a user who does not exist, against which no password is right. The same for the same name and secret, so that a client
    /// that asks twice sees no difference to a user (RFC 5802 §5.1 leaves this to the server).
    /// </summary>
    /// <param name="user">The name that nobody has.</param>
    /// <param name="secret">A secret of the server that stays the same across restarts, at least 16 octets.</param>
    /// <param name="iterations">The iterations that the verifiers of users have, at least <see cref="MinIterations"/>: another count would
    /// give the name away.</param>
    /// <exception cref="ArgumentException">The secret is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are too few iterations.</exception>
    public static ScramVerifier ForUnknownUser(string user, ReadOnlySpan<byte> secret, int iterations = MinIterations)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, MinIterations);
        if (secret.Length < SaltLength) throw new ArgumentException($"The secret has less than {SaltLength} octets.", nameof(secret));
        byte[] hash = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(user));
        return new ScramVerifier(iterations, hash[..SaltLength], RandomNumberGenerator.GetBytes(HashLength), RandomNumberGenerator.GetBytes(HashLength));
    }

    /// <summary>As <see cref="ForUnknownUser"/>, for a host that leaves it to the session: with a secret of this process and the fewest iterations.</summary>
    internal static ScramVerifier ForNobody(string user) => ForUnknownUser(user, Secret);

    private static ScramVerifier Derive(string password, byte[] salt, int iterations)
    {
        byte[] salted = Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, HashLength);
        byte[] clientKey = HMACSHA256.HashData(salted, "Client Key"u8);
        return new ScramVerifier(iterations, salt, SHA256.HashData(clientKey), HMACSHA256.HashData(salted, "Server Key"u8));
    }

    private static bool TryDecode(string base64, out byte[] octets)
    {
        octets = new byte[base64.Length];
        bool read = Convert.TryFromBase64String(base64, octets, out int length);
        octets = octets[..length];
        return read;
    }
}
