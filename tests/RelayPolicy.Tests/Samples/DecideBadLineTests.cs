#if NET10_0_OR_GREATER
using System.Text;

namespace RelayPolicy.Tests.Samples;

/// <summary>Lines that are no requests: each is named by its number, and the lines around it are decided.</summary>
public sealed class DecideBadLineTests
{
    private const string To = "\"to\":\"<bob@example.com>\"";
    private const int MaxLine = 1024 * 1024;

    private static readonly (string Name, byte[] Line, string Complaint)[] Cases =
    [
        Case("no JSON", "bob@example.com", "it is no JSON, at byte 1;"),
        Case("half an object", "{" + To, "it is no JSON"),
        Case("two objects", "{" + To + "}{" + To + "}", "it is no JSON"),
        Case("a comment", "{" + To + "} // bob", "it is no JSON"),
        Case("a trailing comma", "{" + To + ",}", "it is no JSON"),
        Case("a raw control character", "{\"to\":\"<\u001b[31mbob@example.com>\"}", "it is no JSON"),
        Case("nested without end", new string('[', 1000), "it is no JSON"),
        Case("a list", "[" + "{" + To + "}]", "it is no JSON object"),
        Case("a string", "\"<bob@example.com>\"", "it is no JSON object"),
        Case("null", "null", "it is no JSON object"),
        Case("an unknown key", Line("\"clinet\":\"192.0.2.1\""), "the key \"clinet\" is unknown; write any of client, port,"),
        Case("a key in another case", Line("\"Client\":\"192.0.2.1\""), "the key \"Client\" is unknown"),
        Case("a key with an escape sequence", Line("\"\\u001b[31m\":1"), "the key \"\\u001b[31m\" is unknown"),
        Case("a key twice", Line(To), "the key \"to\" stands there twice"),
        Case("a key twice, one null", Line("\"from\":null,\"from\":\"<>\""), "the key \"from\" stands there twice"),
        Case("a key twice, one escaped", Line("\"\\u0074o\":\"<bob@example.com>\""), "the key \"to\" stands there twice"),
        Case("no recipient", "{\"from\":\"<>\"}", "\"to\" is missing"),
        Case("a null recipient", "{\"to\":null}", "\"to\" is missing"),
        Case("a recipient that is a number", "{\"to\":1}", "\"to\" is not a string"),
        Case("a client that is a number", Line("\"client\":1"), "\"client\" is not a string"),
        Case("a flag that is a string", Line("\"tls\":\"true\""), "\"tls\" is not true or false"),
        Case("groups that are a string", Line("\"groups\":\"staff\""), "\"groups\" is not a list of strings"),
        Case("groups with null", Line("\"groups\":[null]"), "\"groups\" is not a list of strings"),
        Case("a port that is a fraction", Line("\"port\":25.5"), "\"port\" is not a whole number"),
        Case("a port out of range", Line("\"port\":65536"), "\"port\" is not a whole number from 0 to 65535"),
        .. new[]
        {
            "", " 192.0.2.1", "192.0.2", "0192.0.2.1", "0xc0000201", "3221225985", "192.0.2.1:25", "192.0.2.0/24", "192.0.2.1/32", "192.0.2.1 255.255.255.255",
            "192.0.2.1-192.0.2.2", "[2001:db8::1]", "[192.0.2.1]", "fe80::1%eth0", "2001:db8::/32", "::ffff:0192.0.2.1", "::ffff:192.0.2.1%1", "mx.example.org",
        }.Select(text => Case($"the client \"{text}\"", Line($"\"client\":\"{text}\""), $"\"client\" is no IP address: \"{text}\"")),
        .. new[] { "", "now", "2026-11-24", "2026-11-24T00:00:00", "2026-02-30T00:00:00Z", "24.11.2026", "0001-01-01T00:00:00+14:00" }
            .Select(text => Case($"the date \"{text}\"", Line($"\"at\":\"{text}\""), "\"at\" is no date")),
        Case("an unknown host-name status", Line("\"hostNameStatus\":\"Certain\""), "\"hostNameStatus\" is unknown: \"Certain\"; write NotAsked,"),
        Case("a numeric host-name status", Line("\"hostNameStatus\":\"4\""), "\"hostNameStatus\" is unknown"),
        Case("a bad certificate", Line("\"tls\":true,\"certificate\":\"abc\""), "\"certificate\" is no SHA-256 fingerprint"),
        Case("a certificate without TLS", Line($"\"certificate\":\"{new string('a', 64)}\""), "there is a \"certificate\" without TLS"),
        Case("an undefined unknown fact", Line("\"unknown\":[\"ClientAddress\"]"), "\"unknown\" holds \"ClientAddress\"; write any of Tls, Identity, Ownership, Locality"),
        Case("an invalid local domain", Line("\"localDomains\":[\"example.com\",\"-bad-.example\"]"), "\"localDomains\": \"-bad-.example\""),
        Case("half a surrogate pair", "{\"to\":\"<\\ud800@example.com>\"}", "it holds half of a surrogate pair"),
        Case("half a surrogate pair in a key", Line("\"\\udc00\":1"), "it holds half of a surrogate pair"),
        Case("half a surrogate pair in a list", Line("\"groups\":[\"\\udc00\"]"), "it holds half of a surrogate pair"),
        ("invalid UTF-8", [.. "{\"to\":\"<"u8, 0xff, .. "@example.com>\"}"u8], "it is not valid UTF-8"),
        ("a surrogate in UTF-8", [.. "{\"to\":\"<"u8, 0xed, 0xa0, 0x80, .. "@example.com>\"}"u8], "it is not valid UTF-8"),
        Case("a line over 1 MiB", Padded(MaxLine + 1), "it is longer than 1048576 bytes"),
        Case("a line far over 1 MiB", Padded((3 * MaxLine) + 17), "it is longer than 1048576 bytes"),
    ];

    // Between all of them stands a good line; the longest possible one comes last, without a line feed.
    private static readonly Lazy<SampleProgram.Result> Run = new(() =>
    {
        byte[] good = Encoding.UTF8.GetBytes(Line("\"client\":\"192.0.2.1\"") + "\n");
        byte[] input = [.. good, .. Cases.SelectMany(entry => entry.Line.Append((byte)'\n').Concat(good)), .. Encoding.UTF8.GetBytes(Padded(MaxLine))];
        return SampleProgram.Decide.Feed(input, "--requests", "-");
    });

    public static TheoryData<string> Names => [.. Cases.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_named_by_its_number_with_what_to_do(string name)
    {
        int index = Array.FindIndex(Cases, entry => entry.Name == name);
        string complaint = Run.Value.Errors[index];
        Assert.StartsWith($"line {(2 * index) + 2}: {Cases[index].Complaint}", complaint);
        Assert.Contains("; ", complaint);
        Assert.DoesNotContain(complaint, char.IsControl);
    }

    [Fact]
    public void All_other_lines_are_decided() => Assert.Equal(Cases.Length + 2, Run.Value.Output.Length);

    [Fact]
    public void Each_has_one_complaint() => Assert.Equal(Cases.Length, Run.Value.Errors.Length);

    [Fact]
    public void The_exit_code_is_2() => Assert.Equal(2, Run.Value.ExitCode);

    private static (string Name, byte[] Line, string Complaint) Case(string name, string line, string complaint) => (name, Encoding.UTF8.GetBytes(line), complaint);

    private static string Line(string field) => "{" + To + "," + field + "}";

    private static string Padded(int length) => ("{" + To + "}").PadRight(length);
}
#endif
