#if NET10_0_OR_GREATER
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RelayPolicy.Tests.Samples;

/// <summary>The folder of a server: settings, policy, and the mail that it keeps.</summary>
internal sealed class ServerFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("relayserver");

    public ServerFolder(Action<JsonObject>? change = null, string policy = RunningServer.Policy)
    {
        Change(change ?? (_ => { }));
        Write("policy.json", policy);
    }

    public int Listeners { get; private set; }

    /// <summary>The messages in the Maildir.</summary>
    public string[] Maildir => Texts("maildir/new", "*");

    /// <summary>The messages in the spool; each has its envelope.</summary>
    public string[] Spool => Texts("spool/new", "*.eml");

    /// <summary>The envelopes of the messages in the spool.</summary>
    public JsonNode[] Envelopes => [.. Directory.GetFiles(PathOf("data/spool/new"), "*.eml").Order(StringComparer.Ordinal).Select(file => JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(file, ".json")))!)];

    /// <summary>What is unfinished.</summary>
    public string[] Leftovers => [.. new[] { "incoming", "maildir/tmp", "spool/tmp" }.SelectMany(folder => Directory.GetFiles(PathOf("data/" + folder)))];

    public string PathOf(string name) => Path.Combine(_root.FullName, name);

    public void Write(string name, string text)
    {
        string path = PathOf(name);
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Writes the settings anew, with changes to those of most tests.</summary>
    public void Change(Action<JsonObject> change)
    {
        JsonObject settings = RunningServer.Settings();
        change((JsonObject)settings["Server"]!);
        Listeners = settings["Server"]![nameof(Listeners)]!.AsArray().Count;
        Write("relayserver.json", settings.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
    }

    public void Dispose() => _root.Delete(recursive: true);

    private string[] Texts(string folder, string pattern) => [.. Directory.GetFiles(PathOf("data/" + folder), pattern).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
}
#endif
