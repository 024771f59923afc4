namespace RelayPolicy.Samples.RelayServer.Settings;

/// <summary>A user.</summary>
internal sealed class UserSettings
{
    /// <summary>What <c>--hash-password</c> printed.</summary>
    public string Verifier { get; set; } = "";

    /// <summary>The groups of the user.</summary>
    public List<string> Groups { get; set; } = [];
}
