namespace RelayPolicy;

/// <summary>An enhanced mail system status code (RFC 3463 §2), such as 5.7.1.</summary>
/// <param name="Class">2 success, 4 persistent transient failure, 5 permanent failure.</param>
/// <param name="Subject">0 to 999: 1 addressing, 3 mail system, 4 network, 5 protocol, 7 security or policy.</param>
/// <param name="Detail">0 to 999.</param>
public readonly record struct EnhancedStatusCode(int Class, int Subject, int Detail)
{
    private const int MaxPart = 999;

    /// <summary>Whether the code follows RFC 3463: class 2, 4 or 5, the others from 0 to 999.</summary>
    public bool IsValid => Class is 2 or 4 or 5 && Subject is >= 0 and <= MaxPart && Detail is >= 0 and <= MaxPart;

    /// <summary>The code as in a reply: <c>5.7.1</c>.</summary>
    public override string ToString() => $"{Class}.{Subject}.{Detail}";
}
