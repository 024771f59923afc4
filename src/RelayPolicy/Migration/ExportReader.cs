using System.Text;
using System.Text.Json;
using RelayPolicy.Iis;

namespace RelayPolicy.Migration;

/// <summary>Reads the JSON that <c>Export-IisSmtpPolicy.ps1</c> prints. What is not as the script writes it is an error.</summary>
internal static class ExportReader
{
    private const string Place = "the export";
    private const string Mend = "give the output of Export-IisSmtpPolicy.ps1 unchanged";
    private const string Format = "IIS SMTP policy export 1";
    private const int MaxLength = 1 << 26;
    private const int MaxDepth = 16;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    /// <exception cref="IisSettingsException">It is no export, or it is too long.</exception>
    public static IisSettings Read(Stream stream)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(ReadText(stream), Options);
            return ReadRoot(document.RootElement);
        }
        catch (Exception exception) when (StrictText.IsFault(exception) || exception is JsonException or InvalidOperationException)
        {
            throw new IisSettingsException(Place, "it is no JSON in UTF-8 or UTF-16", Mend, exception);
        }
    }

    private static string ReadText(Stream stream)
    {
        using StreamReader reader = StrictText.Open(stream);
        var text = new StringBuilder();
        var buffer = new char[1 << 14];
        for (int read; (read = reader.Read(buffer)) > 0; text.Append(buffer, 0, read))
        {
            if (text.Length > MaxLength) throw Fault("", $"it is longer than {MaxLength} characters");
        }

        return text.ToString();
    }

    private static IisSettings ReadRoot(JsonElement root)
    {
        Dictionary<string, JsonElement> fields = Fields(root, "", ["Format", "Computer", "Servers"]);
        if (Text(fields, "Format", "") is var format && format != Format) throw Fault("/Format", $"it is no \"{Format}\"");
        IisServer[] servers = [.. Items(fields, "Servers", "").Select((server, index) => ReadServer(server, $"/Servers/{index}"))];
        if (servers.Length == 0) throw Fault("/Servers", "there is no SMTP server");
        return servers.DistinctBy(server => server.Id).Count() == servers.Length ? new IisSettings(servers) : throw Fault("/Servers", "a server is there twice");
    }

    private static IisServer ReadServer(JsonElement element, string place)
    {
        Dictionary<string, JsonElement> fields = Fields(element, place, ["Id", "Settings", "RelayIpList", "IPSecurity", "Domains"]);
        string id = Text(fields, "Id", place);
        string location = $"{MetabasePath.SmtpService}/{id}";
        if (MetabasePath.ServerOf(location) != id) throw Fault(place + "/Id", "it is no number of a server");
        List<IisSetting> settings = ReadSettings(Require(fields, "Settings", place), location, place + "/Settings");
        AddList(settings, MetabaseProperty.RelayIpList, fields, location, place);
        AddList(settings, MetabaseProperty.IpSecurity, fields, location, place);
        return new IisServer(
            id,
            [.. settings.OrderBy(setting => setting.Name, StringComparer.OrdinalIgnoreCase)],
            [.. Items(fields, "Domains", place).Select((domain, index) => ReadDomain(domain, location, $"{place}/Domains/{index}"))]);
    }

    private static IisDomain ReadDomain(JsonElement element, string server, string place)
    {
        Dictionary<string, JsonElement> fields = Fields(element, place, ["Name", "Settings"]);
        string name = Text(fields, "Name", place);
        string location = $"{server}/Domain/{name}";
        return new IisDomain(name, location, ReadSettings(Require(fields, "Settings", place), location, place + "/Settings"));
    }

    private static List<IisSetting> ReadSettings(JsonElement element, string location, string place)
    {
        var settings = new List<IisSetting>();
        foreach ((string name, JsonElement value) in Fields(element, place, known: null))
        {
            string known = MetabaseProperty.FindRead(name) ?? name;
            settings.Add(value.ValueKind switch
            {
                JsonValueKind.Object => new IisSetting(known, location, "") { Problem = ErrorOf(value, place + "/" + name) },
                JsonValueKind.Array => new IisSetting(known, location, string.Join(' ', value.EnumerateArray().Select(item => item.ToString()))),
                JsonValueKind.Null => throw Fault(place + "/" + name, "it is null"),
                _ => new IisSetting(known, location, value.ToString()),
            });
        }

        return settings;
    }

    // Null says that the setting is not there.
    private static void AddList(List<IisSetting> settings, string name, Dictionary<string, JsonElement> server, string location, string serverPlace)
    {
        JsonElement element = Require(server, name, serverPlace);
        string place = $"{serverPlace}/{name}";
        if (element.ValueKind == JsonValueKind.Null) return;
        var setting = new IisSetting(name, location, element.GetRawText());
        settings.Add(element.ValueKind == JsonValueKind.Object && element.TryGetProperty("Error", out _)
            ? setting with { Problem = ErrorOf(element, place) }
            : setting with { Exported = ReadList(element, place) });
    }

    private static IpSecurityReading ReadList(JsonElement element, string place)
    {
        Dictionary<string, JsonElement> fields = Fields(element, place, ["GrantByDefault", "IPGrant", "IPDeny", "DomainGrant", "DomainDeny"]);
        JsonElement byDefault = Require(fields, "GrantByDefault", place);
        if (byDefault.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) throw Fault(place + "/GrantByDefault", "it is neither true nor false");
        return ExportedList.Read(
            byDefault.GetBoolean() ? IisListMode.AllExceptTheList : IisListMode.OnlyTheList,
            Texts("IPGrant"),
            Texts("IPDeny"),
            Texts("DomainGrant"),
            Texts("DomainDeny"));

        string[] Texts(string key) => [.. Items(fields, key, place).Select((item, index) => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Fault($"{place}/{key}/{index}", "it is no string"))];
    }

    private static string ErrorOf(JsonElement element, string place) =>
        $"the script could not read it ({Printable.Escape(Text(Fields(element, place, ["Error"]), "Error", place))})";

    private static Dictionary<string, JsonElement> Fields(JsonElement element, string place, string[]? known)
    {
        if (element.ValueKind != JsonValueKind.Object) throw Fault(place, "it is no object");
        var fields = new Dictionary<string, JsonElement>(AsciiComparer.IgnoreCase);
        foreach (JsonProperty field in element.EnumerateObject())
        {
            string at = $"{place}/{field.Name}";
            if (known is not null && !known.Contains(field.Name)) throw Fault(at, "the key is unknown");
            if (!fields.TryAdd(field.Name, field.Value)) throw Fault(at, "the key is there twice");
        }

        return fields;
    }

    private static JsonElement Require(Dictionary<string, JsonElement> fields, string key, string place) =>
        fields.TryGetValue(key, out JsonElement value) ? value : throw Fault($"{place}/{key}", "it is missing");

    private static string Text(Dictionary<string, JsonElement> fields, string key, string place) =>
        Require(fields, key, place) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : throw Fault($"{place}/{key}", "it is no string");

    private static JsonElement.ArrayEnumerator Items(Dictionary<string, JsonElement> fields, string key, string place) =>
        Require(fields, key, place) is { ValueKind: JsonValueKind.Array } value ? value.EnumerateArray() : throw Fault($"{place}/{key}", "it is no array");

    private static IisSettingsException Fault(string place, string problem) => new(place.Length == 0 ? Place : $"{Place}, {Printable.Escape(place)}", problem, Mend);
}
