namespace RelayPolicy.Tests;

/// <summary>A folder of policy and list files. Each writing has an instant of its own, however fast they follow each other.</summary>
internal sealed class PolicyFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("relaypolicy");
    private DateTime _written = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    public string Root => _folder.FullName;

    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>Writes a file, and gives its path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return Stamp(name);
    }

    /// <summary>Writes a file beside it and renames that into its place.</summary>
    public string Replace(string name, string text)
    {
        Write(name + ".new", text);
        File.Move(PathOf(name + ".new"), PathOf(name), overwrite: true);
        return PathOf(name);
    }

    public void Delete(string name) => File.Delete(PathOf(name));

    public void Dispose() => _folder.Delete(recursive: true);

    private string Stamp(string name)
    {
        _written += TimeSpan.FromSeconds(1);
        File.SetLastWriteTimeUtc(PathOf(name), _written);
        return PathOf(name);
    }
}
