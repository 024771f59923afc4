using RelayPolicy.Tests.Readme;

namespace RelayPolicy.Tests;

/// <summary>A short, deterministic run of the fuzzer's targets: its corpus, and mutations of it that are the same each time.</summary>
public sealed class FuzzCorpusTests
{
    private const int Mutations = 300;

    private static readonly byte[][] Tokens =
        [[.. "\r\n"u8], [.. "\r\n.\r\n"u8], [.. "\n"u8], [.. "\r"u8], [0], [0xff], [.. "<"u8], [.. "\""u8], [.. "@"u8], [.. "RCPT TO:<r@local.example>\r\n"u8], [.. "BDAT 5 LAST\r\n"u8], [.. "AUTH LOGIN\r\n"u8], [.. "STARTTLS\r\n"u8]];

    [Theory]
    [InlineData("session")]
    [InlineData("path")]
    public void The_corpus_and_its_mutations_break_no_law(string name)
    {
        Action<byte[]> target = FuzzTargets.Find(name)!;
        string[] files = Directory.GetFiles(Path.Combine(Repository.Root, "tests/RelayPolicy.Fuzz/corpus", name));
        Assert.True(files.Length >= 5, $"The corpus of {name} is gone.");
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            byte[] seed = File.ReadAllBytes(file);
            target(seed);
            var random = new Random(20261124);
            for (int i = 0; i < Mutations; i++)
            {
                byte[] mutant = Mutate(seed, random);
                try
                {
                    target(mutant);
                }
                catch (Exception exception)
                {
                    Assert.Fail($"{Path.GetFileName(file)}, mutation {i}: {exception.Message}\n{Convert.ToHexString(mutant)}");
                }
            }
        }
    }

    [Fact]
    public void A_target_that_is_not_there_is_not_found() => Assert.Null(FuzzTargets.Find("no"));

    private static byte[] Mutate(byte[] seed, Random random)
    {
        List<byte> octets = [.. seed];
        for (int n = random.Next(1, 5); n > 0; n--)
        {
            int at = random.Next(octets.Count + 1);
            int length = Math.Min(random.Next(1, 8), octets.Count - at);
            switch (random.Next(4))
            {
                case 0: octets.InsertRange(at, Tokens[random.Next(Tokens.Length)]); break;
                case 1: octets.RemoveRange(at, length); break;
                case 2: octets.InsertRange(at, octets.GetRange(at, length)); break;
                default:
                    if (at < octets.Count) octets[at] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. octets];
    }
}
