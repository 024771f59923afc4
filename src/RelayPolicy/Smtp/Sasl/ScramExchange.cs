using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace RelayPolicy.Smtp.Sasl;

/// <summary>
/// SCRAM-SHA-256 without channel binding.
/// <code>
/// client-first-message = gs2-header [reserved-mext ","] username "," nonce ["," extensions]     ; RFC 5802 §7
/// gs2-header           = ("n" / "y") "," [ "a=" saslname ] ","
/// server-first-message = "r=" c-nonce s-nonce "," "s=" base64 "," "i=" posit-number
/// client-final-message = "c=" base64 "," "r=" c-nonce s-nonce ["," extensions] "," "p=" base64
/// server-final-message = "v=" base64
/// </code>
/// Extensions and channel binding are refused. The client answers the last message with nothing (RFC 4954 §4).
/// </summary>
internal sealed class ScramExchange(Func<string> makeNonce) : ISaslExchange
{
    private const int NonceLength = 18;
    private const int MaxClientNonce = 256;

    private string _header = "";
    private string _clientFirstBare = "";
    private string _serverFirst = "";
    private string _clientNonce = "";
    private string _nonce = "";
    private string _user = "";
    private IEnumerable<string>? _groups;
    private ScramVerifier? _verifier;
    private bool _isProved;

    public string Mechanism => SaslMechanismNames.ScramSha256;

    public bool ClientIsFirst => true;

    public static string RandomNonce() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceLength));

    public SaslTurn Begin() => default;

    public SaslTurn Respond(ReadOnlySpan<byte> response)
    {
        if (_isProved) return response.IsEmpty ? SaslTurn.Success(new AuthIdentity(_user, Mechanism, _groups)) : SaslTurn.Fail(SessionReplies.BadResponse);
        if (!Utf8.IsValid(response)) return SaslTurn.Fail(SessionReplies.BadResponse);
        string message = Encoding.UTF8.GetString(response);
        if (_verifier is not null) return Prove(message);
        return TryReadFirst(message) ? SaslTurn.AskHost(new SaslCredentials(Mechanism, _user, Password: null)) : SaslTurn.Fail(SessionReplies.BadResponse);
    }

    public SaslTurn Answer(in SaslAnswer answer)
    {
        if (answer.Kind == SaslAnswerKind.Unavailable) return SaslTurn.Fail(SessionReplies.AuthenticationUnavailable);
        ScramVerifier? stored = answer.Kind == SaslAnswerKind.Verifier ? answer.StoredVerifier : null;
        _verifier = stored ?? ScramVerifier.ForNobody(_user);
        _groups = answer.Groups;
        _nonce = _clientNonce + makeNonce();
        _serverFirst = string.Create(CultureInfo.InvariantCulture, $"r={_nonce},s={Convert.ToBase64String(_verifier.Salt)},i={_verifier.Iterations}");
        return SaslTurn.Challenge(Encoding.UTF8.GetBytes(_serverFirst));
    }

    private bool TryReadFirst(string message)
    {
        string[] parts = message.Split(',');
        if (parts.Length != 4 || parts[0] is not ("n" or "y")) return false;
        if (!parts[2].StartsWith("n=", StringComparison.Ordinal) || !TryReadName(parts[2][2..], out _user)) return false;
        bool actsForItself = parts[1].Length == 0 || (parts[1].StartsWith("a=", StringComparison.Ordinal) && TryReadName(parts[1][2..], out string other) && other == _user);
        if (!actsForItself || !parts[3].StartsWith("r=", StringComparison.Ordinal)) return false;
        _clientNonce = parts[3][2..];
        _header = $"{parts[0]},{parts[1]},";
        _clientFirstBare = $"{parts[2]},{parts[3]}";
        return _clientNonce.Length is > 0 and <= MaxClientNonce && _clientNonce.All(c => c is > ' ' and <= '~');
    }

    // saslname: "," is written "=2C" and "=" is written "=3D".
    private static bool TryReadName(string text, out string name)
    {
        name = text.Replace("=2C", ",", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
        string rest = text.Replace("=2C", "", StringComparison.Ordinal).Replace("=3D", "", StringComparison.Ordinal);
        return !rest.Contains('=', StringComparison.Ordinal) && NameText.FindFault(name) is null;
    }

    private SaslTurn Prove(string message)
    {
        string[] parts = message.Split(',');
        if (parts.Length != 3 || !parts[2].StartsWith("p=", StringComparison.Ordinal)) return SaslTurn.Fail(SessionReplies.BadResponse);
        Span<byte> proof = stackalloc byte[SHA256.HashSizeInBytes];
        if (!Convert.TryFromBase64String(parts[2][2..], proof, out int length) || length != proof.Length) return SaslTurn.Fail(SessionReplies.BadResponse);
        bool isOurs = parts[0] == $"c={Convert.ToBase64String(Encoding.UTF8.GetBytes(_header))}" && parts[1] == $"r={_nonce}";
        byte[] authMessage = Encoding.UTF8.GetBytes($"{_clientFirstBare},{_serverFirst},{parts[0]},{parts[1]}");
        if (!IsProof(proof, authMessage) || !isOurs) return SaslTurn.Fail(SessionReplies.CredentialsInvalid);
        _isProved = true;
        return SaslTurn.Challenge(Encoding.ASCII.GetBytes($"v={Convert.ToBase64String(HMACSHA256.HashData(_verifier!.ServerKey, authMessage))}"));
    }

    // ClientKey = ClientProof XOR HMAC(StoredKey, AuthMessage), and H(ClientKey) is the StoredKey.
    private bool IsProof(Span<byte> proof, byte[] authMessage)
    {
        Span<byte> clientKey = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(_verifier!.StoredKey, authMessage, clientKey);
        for (int i = 0; i < clientKey.Length; i++) clientKey[i] ^= proof[i];
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(clientKey), _verifier.StoredKey);
    }
}
