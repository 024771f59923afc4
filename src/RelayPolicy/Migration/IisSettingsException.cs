namespace RelayPolicy.Migration;

/// <summary>Settings of IIS SMTP cannot be read at all: the text is none, or it exceeds a bound. The message names the place and the mend.</summary>
public sealed class IisSettingsException : FormatException
{
    internal IisSettingsException(string place, string problem, string mend, Exception? cause = null)
        : base($"{place}: {problem}; {mend}", cause)
    {
    }
}
