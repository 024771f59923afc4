using System.Collections;
using System.Globalization;
using System.Reflection;

namespace RelayPolicy.Samples.RelayServer.Settings;

/// <summary>
/// Reads a section of the configuration into an object, by the names and types of its properties. Unlike the binder of the framework it says
/// every error at once, each with its key and the mend, and never prints a value that may be a password.
/// </summary>
internal sealed class SettingsReader
{
    private readonly List<string> _errors = [];

    /// <summary>What is wrong: <c>Server:Listners is no setting; write one of ...</c></summary>
    public IReadOnlyList<string> Errors => _errors;

    public T Read<T>(IConfigurationSection section)
        where T : new()
    {
        var settings = new T();
        Fill(settings, section);
        return settings;
    }

    private void Fill(object settings, IConfigurationSection section)
    {
        PropertyInfo[] properties = settings.GetType().GetProperties();
        foreach (IConfigurationSection entry in section.GetChildren())
        {
            PropertyInfo? property = Array.Find(properties, candidate => candidate.Name.Equals(entry.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null) _errors.Add($"{Terminal.Safe(entry.Path)} is no setting; write one of {string.Join(", ", properties.Select(candidate => candidate.Name))}");
            else if (ValueOf(property.PropertyType, entry) is { } value) property.SetValue(settings, value);
        }
    }

    // Null where there is no value, or an error.
    private object? ValueOf(Type type, IConfigurationSection entry)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsGenericType) return Collection(type, entry);
        bool isScalar = type == typeof(string) || type.IsValueType;
        if (isScalar && entry.GetChildren().Any()) return Wrong(entry, "holds more than one value; write one");
        if (isScalar) return entry.Value is { } text ? Scalar(type, text, entry) : null;
        if (entry.Value is { Length: > 0 }) return Wrong(entry, $"is a value where keys are expected; write {{ {string.Join(", ", type.GetProperties().Select(property => $"\"{property.Name}\": ..."))} }}");
        if (!entry.GetChildren().Any()) return Wrong(entry, "is empty; leave it out, or write what belongs to it");
        object inner = Activator.CreateInstance(type)!;
        Fill(inner, entry);
        return inner;
    }

    private object? Collection(Type type, IConfigurationSection entry)
    {
        if (entry.Value is { Length: > 0 }) return Wrong(entry, type.GetGenericTypeDefinition() == typeof(List<>) ? "is no list; write it in [ ]" : "is no group of names; write it in { }");
        if (type.GetGenericTypeDefinition() == typeof(List<>) && !entry.GetChildren().Any()) return Wrong(entry, "is empty; leave it out, or name at least one");
        object collection = Activator.CreateInstance(type)!;
        foreach (IConfigurationSection item in entry.GetChildren())
        {
            // An entry that is left out could leave a list of nobody, which may mean everybody.
            if (item.Value is null && !item.GetChildren().Any()) Wrong(item, "is empty; take it out, or write what belongs to it");
            else if (ValueOf(type.GetGenericArguments()[^1], item) is { } value) Add(collection, item.Key, value);
        }

        return collection;
    }

    private static void Add(object collection, string key, object value)
    {
        if (collection is IDictionary names) names[key] = value;
        else ((IList)collection).Add(value);
    }

    private object? Scalar(Type type, string text, IConfigurationSection entry)
    {
        if (type == typeof(string)) return text;
        if (type == typeof(bool)) return bool.TryParse(text, out bool flag) ? flag : Wrong(entry, "is neither true nor false");
        if (type == typeof(int)) return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : Wrong(entry, "is no whole number");
        if (type == typeof(TimeSpan)) return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan time) ? time : Wrong(entry, "is no time; write 00:00:30 for 30 seconds");
        string[] words = type == typeof(MailKit.Security.SecureSocketOptions) ? ["StartTls", "SslOnConnect", "None"] : Enum.GetNames(type);
        return Array.Find(words, word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known ? Enum.Parse(type, known) : Wrong(entry, $"is none of {string.Join(", ", words)}");
    }

    private object? Wrong(IConfigurationSection entry, string problem)
    {
        _errors.Add($"{Terminal.Safe(entry.Path)} {problem}");
        return null;
    }
}
