using System.Security.Cryptography;

namespace RelayPolicy.Samples.RelayServer.Delivery;

/// <summary>
/// The folder in which the server keeps mail, locked against a second server. At the start everything unfinished is removed from it: no client
/// was told that it is safe.
/// <code>
/// incoming/               content that is still coming in, if it is large
/// maildir/{tmp,new,cur}   local mail
/// spool/{tmp,new}         mail to be relayed, if there is no smart host
/// </code>
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    /// <exception cref="IOException">Another server uses the folder, or it cannot be written.</exception>
    public DataFolder(string root)
    {
        Root = root;
        foreach (string folder in new[] { Incoming, Path.Combine(Maildir, "tmp"), Path.Combine(Maildir, "new"), Path.Combine(Maildir, "cur"), Path.Combine(Spool, "tmp"), Path.Combine(Spool, "new") })
        {
            CreatePrivate(folder);
        }

        foreach (string folder in new[] { Maildir, Spool, root, Path.GetDirectoryName(root)! }) DiskFolder.Flush(folder);
        _lock = Lock(Path.Combine(root, "lock"));
        Sweep();
    }

    public string Root { get; }

    public string Incoming => Path.Combine(Root, "incoming");

    public string Maildir => Path.Combine(Root, "maildir");

    public string Spool => Path.Combine(Root, "spool");

    /// <summary>A secret of this server that stays the same, so that users who do not exist look the same each day.</summary>
    public byte[] Secret()
    {
        string path = Path.Combine(Root, "secret");
        if (File.Exists(path) && File.ReadAllBytes(path) is { Length: 32 } secret) return secret;
        secret = RandomNumberGenerator.GetBytes(32);
        using FileStream file = CreateFile(path, FileMode.Create);
        file.Write(secret);
        return secret;
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>A new file that nobody else may read.</summary>
    public static FileStream CreateFile(string path, FileMode mode = FileMode.CreateNew, FileOptions options = FileOptions.None)
    {
        var how = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = options | FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, how);
    }

    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new IOException($"{path}: another RelayServer uses this DataFolder; give each its own", exception);
        }
    }

    private void Sweep()
    {
        foreach (string folder in new[] { Incoming, Path.Combine(Maildir, "tmp"), Path.Combine(Spool, "tmp") })
        {
            foreach (string file in Directory.EnumerateFiles(folder)) File.Delete(file);
        }
    }
}
