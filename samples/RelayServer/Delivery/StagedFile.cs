namespace RelayPolicy.Samples.RelayServer.Delivery;

/// <summary>
/// A file on its way into a folder: written aside and flushed to the disk, then moved to its place in one step. What is disposed of before
/// <see cref="Keep"/> is gone, wherever it was.
/// </summary>
internal sealed class StagedFile : IDisposable
{
    private readonly string _path;
    private string? _now;

    private StagedFile(string temporary, string path) => (_now, _path) = (temporary, path);

    /// <summary>Writes the file aside.</summary>
    /// <param name="temporary">Where to write it, on the same volume.</param>
    /// <param name="path">Where it belongs.</param>
    /// <param name="write">Writes its content.</param>
    /// <exception cref="IOException">The disk is full, or the like. Nothing stays.</exception>
    public static async Task<StagedFile> WriteAsync(string temporary, string path, Func<Stream, Task> write)
    {
        var file = new StagedFile(temporary, path);
        try
        {
            await using FileStream stream = DataFolder.CreateFile(temporary);
            await write(stream);
            await stream.FlushAsync();
            stream.Flush(flushToDisk: true);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Moves the file to its place; when this returns, it is there after a failure of the power too.</summary>
    public void Publish()
    {
        File.Move(_now!, _path);
        _now = _path;
        DiskFolder.Flush(Path.GetDirectoryName(_path)!);
    }

    /// <summary>It stays.</summary>
    public void Keep() => _now = null;

    public void Dispose()
    {
        try
        {
            if (_now is not null) File.Delete(_now);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What stays aside is swept at the next start.
        }

        _now = null;
    }
}
