using System.Text;
using RelayPolicy.Migration;
using RelayPolicy.Tests.Readme;

namespace RelayPolicy.Tests;

/// <summary>Damaged input is an error or settings, and settings are always a policy: never another exception.</summary>
public sealed class MetabaseFuzzTests
{
    private static readonly byte[][] Metabases =
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "samples/ImportIis/metabases")).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    private static readonly string[] Pieces =
    [
        "<", ">", "\"", "&", "&#0;", "&lt;", "<!--", "]]>", "<![CDATA[", "<!DOCTYPE x>", "<?x", "/", "Location=\"/LM/SmtpSvc/1\"", "<Custom ID=\"36970\" Value=\"\"/>", "\0", "\u00FC", "4294967296", "-1",
    ];

    private static readonly Gen<(int Kind, int Place, int Length, int Piece)> Changes =
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, int.MaxValue], Gen.Int[1, 60], Gen.Int[0, Pieces.Length - 1]);

    [Fact]
    public void A_damaged_metabase_is_an_error_or_a_policy() => Gen.Select(Gen.Int[0, Metabases.Length - 1], Changes.Array[1, 4]).Sample(
        (index, changes) =>
        {
            byte[] damaged = changes.Aggregate(Metabases[index], Damage);
            Import(() => IisSettings.ReadMetabase(new MemoryStream(damaged)));
        },
        iter: 3000);

    [Fact]
    public void A_metabase_that_is_cut_off_is_an_error() => Gen.Select(Gen.Int[0, Metabases.Length - 1], Gen.Double[0, 0.99]).Sample(
        (index, part) => Assert.Throws<IisSettingsException>(() => IisSettings.ReadMetabase(new MemoryStream(Metabases[index][..(int)(part * Metabases[index].Length)]))),
        iter: 300);

    [Fact]
    public void A_damaged_export_is_an_error_or_a_policy() => Changes.Array[1, 3].Sample(
        changes =>
        {
            byte[] damaged = changes.Aggregate(Encoding.UTF8.GetBytes(ExportReaderTests.Export), Damage);
            Import(() => IisSettings.ReadExport(new MemoryStream(damaged)));
        },
        iter: 3000);

    private static void Import(Func<IisSettings> read)
    {
        IisSettings settings;
        try
        {
            settings = read();
        }
        catch (IisSettingsException)
        {
            return;
        }

        foreach (IisServer server in settings.Servers)
        {
            IisImport import = settings.ToPolicy(new() { Server = server.Id, TrustGuesses = true, WildcardIncludesDomain = true });
            Assert.NotEmpty(import.ToMarkdown());
            Assert.NotEmpty(import.Policy.Write());
        }
    }

    private static byte[] Damage(byte[] bytes, (int Kind, int Place, int Length, int Piece) change)
    {
        if (bytes.Length == 0) return bytes;
        int at = change.Place % bytes.Length;
        int end = Math.Min(bytes.Length, at + change.Length);
        switch (change.Kind)
        {
            case 0: return [.. bytes[..at], .. bytes[end..]];
            case 1: return [.. bytes[..end], .. bytes[at..]];
            case 2: return [.. bytes[..at], .. Encoding.UTF8.GetBytes(Pieces[change.Piece]), .. bytes[at..]];
            case 3: return [.. bytes[..at], (byte)(bytes[at] ^ (1 << (change.Length % 8))), .. bytes[(at + 1)..]];
            default: return bytes[..end];
        }
    }
}
