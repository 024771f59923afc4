using Microsoft.Win32.SafeHandles;

namespace RelayPolicy.Configuration;

/// <summary>By what a change of a file is known: its length and the instant of its last writing. <c>default</c> is a file that cannot be opened.</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Written">When it was last written, UTC.</param>
internal readonly record struct FileStamp(long Length, DateTime Written)
{
    /// <summary>The stamp of what is at the path now. Links are followed, and a file that was renamed into place counts like one that was written.</summary>
    public static FileStamp Of(string path)
    {
        try
        {
            using SafeFileHandle handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            return Of(handle);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return default;
        }
    }

    /// <summary>The stamp of an open file.</summary>
    public static FileStamp Of(SafeFileHandle handle) => new(RandomAccess.GetLength(handle), File.GetLastWriteTimeUtc(handle));
}
