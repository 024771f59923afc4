using RelayPolicy.Migration;

namespace RelayPolicy.Samples.ImportIis;

/// <summary>A file with settings: a metabase or what the export script printed, told apart by how it begins.</summary>
internal static class SettingsFile
{
    private const int Peeked = 64;

    public static IisSettings Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        bool isExport = BeginsAsJson(stream);
        stream.Position = 0;
        return isExport ? IisSettings.ReadExport(stream) : IisSettings.ReadMetabase(stream);
    }

    // Whatever the encoding is, its byte order mark and the other half of an ASCII character are no ASCII characters.
    private static bool BeginsAsJson(FileStream stream)
    {
        Span<byte> head = stackalloc byte[Peeked];
        int length = stream.ReadAtLeast(head, Peeked, throwOnEndOfStream: false);
        foreach (byte b in head[..length])
        {
            if (b is > (byte)' ' and < 0x7f) return b == '{';
        }

        return false;
    }
}
