using Microsoft.Win32.SafeHandles;

namespace RelayPolicy.Samples.Decide;

/// <summary>Standard output as a stream that notices when nobody reads it any more.</summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;
    private const int BrokenPipe = 32; // EPIPE, on Linux and macOS alike

    /// <summary>
    /// Opens it. The console's own stream swallows a broken pipe, so that behind <c>| head</c> we would read the requests to
    /// their end for nobody. A file is left to the console's stream: <see cref="FileStream"/> would not move the
    /// position that we share with whoever writes to the file after us.
    /// </summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows()) return Console.OpenStandardOutput();
        var stream = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }

    public static bool IsBrokenPipe(IOException exception) => !OperatingSystem.IsWindows() && exception.HResult == BrokenPipe;
}
