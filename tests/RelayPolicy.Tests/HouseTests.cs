using System.Text.RegularExpressions;
using RelayPolicy.Tests.Readme;

namespace RelayPolicy.Tests;

/// <summary>Dependencies point one way: a room uses only the rooms on which it stands.</summary>
public partial class HouseTests
{
    private const string Vocabulary = "";

    private static readonly string Source = Path.Combine(Repository.Root, "src/RelayPolicy");

    /// <summary>Each room with the rooms that it may use. The vocabulary is the project's own folder; a verdict names its rule.</summary>
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Text"] = [],
        ["Networks"] = ["Text"],
        ["Addressing"] = ["Text", "Networks"],
        [Vocabulary] = ["Text", "Networks", "Addressing"],
        ["Rules"] = ["Text", "Networks", "Addressing", Vocabulary],
        ["Evaluation"] = ["Text", "Networks", "Addressing", Vocabulary, "Rules"],
        ["Iis"] = ["Text", "Networks", "Addressing", Vocabulary, "Rules", "Evaluation"],
        ["Configuration"] = ["Text", "Networks", "Addressing", Vocabulary, "Rules", "Evaluation", "Iis"],
        ["Migration"] = ["Text", "Networks", "Addressing", Vocabulary, "Rules", "Evaluation", "Iis", "Configuration"],
        ["Diagnostics"] = ["Text", "Networks", "Addressing", Vocabulary, "Rules"],
        ["Hosting"] = ["Text", "Networks", "Addressing", Vocabulary, "Rules", "Evaluation", "Iis", "Configuration", "Diagnostics"],
        ["Smtp"] = ["Text", "Networks", "Addressing", Vocabulary],
        ["Messages"] = ["Text", "Networks", "Addressing", Vocabulary],
    };

    private static readonly HashSet<(string File, string Type)> Exceptions = [("RelayVerdict.cs", "RelayRule")];

    [Fact]
    public void Every_room_is_known() =>
        Assert.Equal(MayUse.Keys.Where(room => room != Vocabulary).Order(), Directory.GetDirectories(Source).Select(folder => Path.GetFileName(folder)!).Except(["bin", "obj"]).Order());

    [Fact]
    public void CONTRIBUTING_tells_of_every_room_in_their_order()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, ".github/CONTRIBUTING.md"));
        string[] told = [.. Told().Matches(page).Select(match => match.Groups[1].Value)];
        Assert.Equal(MayUse.Keys.Where(room => room != Vocabulary).Order(), told.Order());
        Assert.All(told, (room, at) => Assert.Subset(told[..at].Append(Vocabulary).ToHashSet(), MayUse[room].ToHashSet()));
    }

    [Fact]
    public void No_room_uses_a_room_that_stands_on_it()
    {
        (string Room, string Name, string Code)[] files =
            [.. Directory.GetFiles(Source, "*.cs", SearchOption.AllDirectories).Where(file => !Output().IsMatch(file)).Select(file => (RoomOf(file), Path.GetFileName(file), WithoutText(File.ReadAllText(file))))];
        Dictionary<string, string> roomOfType = files.SelectMany(file => Declaration().Matches(file.Code).Select(match => (Type: match.Groups[1].Value, file.Room)))
            .GroupBy(type => type.Type).Where(types => types.Select(type => type.Room).Distinct().Count() == 1).ToDictionary(types => types.Key, types => types.First().Room);
        string[] broken =
        [
            .. from file in files
               from type in Word().Matches(file.Code).Select(match => match.Value).Distinct()
               where roomOfType.TryGetValue(type, out string? room) && room != file.Room && !MayUse[file.Room].Contains(room) && !Exceptions.Contains((file.Name, type))
               select $"{file.Room}/{file.Name} uses {roomOfType[type]}/{type}",
        ];
        Assert.True(roomOfType.Count > 100, "Types are not found any more.");
        Assert.Empty(broken);
    }

    private static string RoomOf(string file) => Path.GetRelativePath(Source, file).Replace('\\', '/') is var path && path.Contains('/') ? path[..path.IndexOf('/')] : Vocabulary;

    // Comments and strings may speak of anything; a member behind a dot is no type.
    private static string WithoutText(string code) => Ignored().Replace(code, " ");

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Told();

    [GeneratedRegex(@"[/\\](bin|obj)[/\\]")]
    private static partial Regex Output();

    [GeneratedRegex(@"//[^\n]*|""(?:[^""\\\n]|\\.)*""|\.\w+")]
    private static partial Regex Ignored();

    // A type of its own begins its line; what is nested is found by its holder.
    [GeneratedRegex(@"^(?:public|internal)(?: \w+)* (?:class|struct|enum|interface|record)(?: struct)? ([A-Z]\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Word();
}
