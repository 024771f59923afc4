using System.Text.Json;
using Microsoft.Extensions.Configuration.Json;

namespace RelayPolicy.Samples.RelayServer.Settings;

/// <summary>The settings file as a source of configuration. A change that is no JSON is told, and what was read before stays.</summary>
internal sealed class SettingsFile : JsonConfigurationSource
{
    public override IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        EnsureDefaults(builder);
        return new Provider(this);
    }

    /// <summary>What is wrong with the JSON, with its place counted from 1.</summary>
    public static string Describe(string? path, JsonException exception)
    {
        string mend = exception.Message.Contains("escap", StringComparison.Ordinal) ? "write \\\\ or / in paths" : "see whether a comma, a bracket or a quotation mark is missing there or before";
        return $"{path}, line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}: it is no JSON; {mend}";
    }

    private sealed class Provider(SettingsFile source) : JsonConfigurationProvider(source)
    {
        private bool _isRead;

        public override void Load(Stream stream)
        {
            try
            {
                base.Load(stream);
                _isRead = true;
            }
            catch (FormatException exception) when (exception.InnerException is JsonException fault)
            {
                string problem = Describe(Source.Path, fault);
                if (!_isRead) throw new InvalidDataException(problem);
                Terminal.Complain($"{problem}. It is not taken, and what was read before stays.");
            }
        }
    }
}
