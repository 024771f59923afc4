using RelayPolicy.Samples.RelayServer.Delivery;

namespace RelayPolicy.Benchmarks;

/// <summary>
/// What bringing a message into a Maildir cannot do without: write a file, flush it, rename it, flush its folder. In the folders of the server,
/// with files as long as the server's.
/// </summary>
internal sealed class PlainFiles(string maildir, int length) : LoadWorker
{
    public const string Prefix = "plain.";

    private static int s_count;

    private readonly byte[] _octets = new byte[length];

    public override int Step()
    {
        string name = $"{Prefix}{Interlocked.Increment(ref s_count)}";
        string temporary = Path.Combine(maildir, "tmp", name), place = Path.Combine(maildir, "new", name);
        using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(_octets);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, place);
        DiskFolder.Flush(Path.Combine(maildir, "new"));
        return 1;
    }
}
