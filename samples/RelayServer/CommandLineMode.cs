namespace RelayPolicy.Samples.RelayServer;

/// <summary>What the program is asked to do.</summary>
internal enum CommandLineMode
{
    Serve = 0,
    HashPassword,
    Help,
}
