using System.Buffers;

namespace RelayPolicy.Samples.RelayServer.Delivery;

/// <summary>The content of a message as it comes in: in memory while it is small, then in a file that goes with it.</summary>
internal sealed class MessageContent(DataFolder folder) : IAsyncDisposable
{
    private const int MaxInMemory = 64 * 1024;

    private Stream _octets = new MemoryStream();

    /// <summary>Takes the next part.</summary>
    /// <exception cref="IOException">The disk is full, or the like.</exception>
    public async ValueTask WriteAsync(ReadOnlySequence<byte> part)
    {
        if (_octets is MemoryStream small && small.Length + part.Length > MaxInMemory)
        {
            FileStream file = DataFolder.CreateFile(Path.Combine(folder.Incoming, Path.GetRandomFileName()), options: FileOptions.DeleteOnClose);
            _octets = file;
            small.Position = 0;
            await small.CopyToAsync(file);
        }

        foreach (ReadOnlyMemory<byte> piece in part) await _octets.WriteAsync(piece);
    }

    /// <summary>The whole content, from its beginning. Ask again to read again; not two at a time.</summary>
    public Stream Read()
    {
        _octets.Position = 0;
        return _octets;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _octets.DisposeAsync();
        }
        catch (IOException)
        {
            // What could not be written is not wanted any more.
        }
    }
}
