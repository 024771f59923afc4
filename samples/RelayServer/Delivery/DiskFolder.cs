using System.Runtime.InteropServices;

namespace RelayPolicy.Samples.RelayServer.Delivery;

/// <summary>Folders on the disk. On Unix a file that was moved is safe only when its folder was flushed too, for which .NET has no call.</summary>
internal static partial class DiskFolder
{
    private const int ReadOnly = 0;

    /// <summary>Flushes the entries of the folder to the disk. Windows keeps a journal of them.</summary>
    /// <exception cref="IOException">It could not be flushed.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        int descriptor = Open(folder, ReadOnly);
        if (descriptor < 0) throw Failure(folder);
        try
        {
            if (Synchronise(descriptor) != 0) throw Failure(folder);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failure(string folder) => new($"The folder {folder} could not be flushed to the disk: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronise(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
