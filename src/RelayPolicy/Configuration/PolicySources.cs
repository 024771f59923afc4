namespace RelayPolicy.Configuration;

/// <summary>
/// The files from which one policy is read: each is read whole or not at all, and noted with its stamp, so that a watcher knows what to
/// watch and what was read.
/// </summary>
/// <param name="folder">The folder of relative paths, or null if list files cannot be named.</param>
internal sealed class PolicySources(string? folder)
{
    private readonly Dictionary<string, FileStamp> _stamps = [];

    /// <summary>Whether the policy may name files.</summary>
    public bool CanNameFiles => folder is not null;

    /// <summary>The full paths of the files that were opened or looked for, with what was found.</summary>
    public IReadOnlyDictionary<string, FileStamp> Stamps => _stamps;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path, relative to the folder.</param>
    /// <param name="read">Reads it to its end.</param>
    /// <exception cref="IOException">The file cannot be read, or was changed meanwhile.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public T Read<T>(string path, Func<Stream, T> read)
    {
        string full = Path.GetFullPath(path, Path.GetFullPath(folder!));
        _stamps.TryAdd(full, default);
        using var file = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        FileStamp before = FileStamp.Of(file.SafeFileHandle);
        _stamps[full] = before;
        T result = read(file);
        return FileStamp.Of(file.SafeFileHandle) == before ? result : throw new IOException("The file was changed while it was read.");
    }
}
