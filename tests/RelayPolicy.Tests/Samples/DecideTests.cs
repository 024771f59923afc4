#if NET10_0_OR_GREATER
using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace RelayPolicy.Tests.Samples;

public sealed class DecideTests
{
    private const string StrangerToFar = """{"client":"203.0.113.9","from":"<a@b.example>","to":"<r@c.example>"}""";
    private const string RelayingDenied =
        """{"action":"Reject","stage":"Recipient","rule":null,"reason":"NoRuleMatched","code":550,"enhanced":"5.7.1","text":"Relaying denied"}""";

    private static readonly Lazy<SampleProgram.Result> Table = new(() => SampleProgram.Decide.Run());

    [Fact]
    public async Task An_answer_comes_before_the_next_request_is_asked()
    {
        using System.Diagnostics.Process process = SampleProgram.Decide.Start(environment: [], "--requests", "-");
        for (int i = 0; i < 2; i++)
        {
            await process.StandardInput.WriteLineAsync("""{"to":"<r@far.example>"}""".AsMemory(), TestContext.Current.CancellationToken);
            await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
            string? answer = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            Assert.StartsWith("""{"action":"Reject",""", answer, StringComparison.Ordinal);
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public void The_shipped_requests_are_at_least_forty() => Assert.True(File.ReadAllLines(SampleProgram.Decide.Shipped("requests.jsonl")).Length >= 40);

    [Fact]
    public void Each_shipped_request_gets_the_verdict_that_is_written_beside_it()
    {
        string[] expected = [.. File.ReadLines(SampleProgram.Decide.Shipped("expected.txt")).Where(line => !line.StartsWith('#')).Select(Expectation)];
        SampleProgram.Result result = SampleProgram.Decide.Run("--requests", SampleProgram.Decide.Shipped("requests.jsonl"));
        Assert.Equal(expected, result.Output.Select(Outcome));
        Assert.Empty(result.Errors);
        Assert.Equal(0, result.ExitCode);

        static string Expectation(string line, int index) => $"{index + 1}: {string.Join(" | ", line.Split('|').Take(2).Select(part => part.Trim()))}";

        static string Outcome(string line, int index)
        {
            JsonElement verdict = JsonElement.Parse(line);
            string reason = verdict.GetProperty("reason").GetString()!;
            string? rule = verdict.GetProperty("rule").GetString();
            string cause = rule is null ? reason : reason == "Rule" ? rule : $"{reason} ({rule})";
            return $"{index + 1}: {verdict.GetProperty("action").GetString()} | {cause}";
        }
    }

    [Fact]
    public void Without_options_the_shipped_requests_are_shown_as_a_table()
    {
        Assert.Equal(0, Table.Value.ExitCode);
        Assert.Empty(Table.Value.Errors);
        foreach (string header in new[] { "who", "from", "to", "verdict", "rule or reason", "reply" }) Assert.Contains(header, Table.Value.Output[1]);
        int requests = File.ReadAllLines(SampleProgram.Decide.Shipped("requests.jsonl")).Length;
        Assert.All(Enumerable.Range(1, requests), number => Assert.Contains(Table.Value.Output, line => line.StartsWith($"{number,3}  ", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_policy_alone_is_shown_with_the_shipped_requests() =>
        Assert.Equal(Table.Value.Output, SampleProgram.Decide.Run("--policy", SampleProgram.Decide.Shipped("policy.json")).Output);

    [Fact]
    public void A_redirected_table_fits_160_columns() => Assert.All(Table.Value.Output, line => Assert.InRange(line.Length, 0, 160));

    [Fact]
    public void A_redirected_table_holds_no_control_character() => Assert.All(Table.Value.Output, line => Assert.DoesNotContain(line, char.IsControl));

    [Fact]
    public void A_verdict_is_one_line_of_JSON_with_its_keys_in_order() =>
        Assert.Equal([RelayingDenied], Decide(StrangerToFar).Output);

    [Fact]
    public void A_recipient_whose_verdict_depends_on_an_unknown_fact_is_deferred() =>
        Assert.Contains("\"action\":\"Defer\"", SampleProgram.Decide.Feed("""{"client":"203.0.113.9","unknown":["Locality"],"to":"<bob@example.com>"}""", "--requests", "-").Output[0], StringComparison.Ordinal);

    [Fact]
    public void A_request_with_every_key_is_read()
    {
        const string request =
            """{"client":"203.0.113.9","port":2525,"auth":"alice","mechanism":"PLAIN","groups":["staff"],"tls":true,"certificate":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","hostNames":["mx.example.org"],"hostNameStatus":"Confirmed","listener":"smtp","proxied":false,"localDomains":["example.com"],"unknown":[],"at":"2026-11-24T00:00:00Z","from":"<alice@example.com>","to":"<r@c.example>"}""";
        const string verdict = """{"action":"Relay","stage":"Recipient","rule":"submission","reason":"Rule","code":250,"enhanced":"2.1.5","text":"Recipient OK"}""";
        Assert.Equal([verdict], Decide(request).Output);
    }

    [Fact]
    public void A_field_that_is_null_is_as_if_it_were_absent()
    {
        const string request =
            """{"client":"203.0.113.9","port":null,"auth":null,"mechanism":null,"groups":null,"tls":null,"certificate":null,"hostNames":null,"hostNameStatus":null,"listener":null,"proxied":null,"localDomains":null,"unknown":null,"at":null,"from":null,"to":"<r@c.example>"}""";
        Assert.Equal([RelayingDenied], Decide(request).Output);
    }

    [Fact]
    public void An_audit_only_rule_that_would_have_decided_otherwise_is_the_last_key()
    {
        const string request = """{"client":"203.0.113.9","hostNameStatus":"None","to":"<bob@example.com>"}""";
        Assert.EndsWith(""","text":"Recipient OK","audit":"nameless client"}""", Decide(request).Output.Single());
    }

    [Theory]
    [InlineData("a@b.example", "<bob@example.com>", "Sender", 501, "5.1.7")]
    [InlineData("<a@b.example> NONSENSE", "<bob@example.com>", "Sender", 555, "5.5.4")]
    [InlineData("<a@b.example>", "<bob@@example.com>", "Recipient", 501, "5.1.3")]
    [InlineData("<a@b.example>", "<böb@example.com>", "Recipient", 553, "5.6.7")]
    [InlineData("bad", "bad", "Sender", 501, "5.1.7")]
    public void A_path_that_cannot_be_read_is_refused_as_on_the_wire(string from, string to, string stage, int code, string enhanced)
    {
        SampleProgram.Result result = Decide(JsonSerializer.Serialize(new { from, to }));
        string beginning = $$"""{"action":"Reject","stage":"{{stage}}","rule":null,"reason":"InvalidRequest","code":{{code}},"enhanced":"{{enhanced}}","text":""";
        Assert.StartsWith(beginning, result.Output.Single());
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void SMTPUTF8_of_the_sender_holds_for_the_recipient_too() =>
        Assert.Contains("\"local mail\"", Decide("""{"client":"203.0.113.9","from":"<> SMTPUTF8","to":"<bøb@example.com>"}""").Output.Single());

    [Theory]
    [InlineData("192.0.2.17")]
    [InlineData("2001:db8:1::17")]
    [InlineData("::ffff:192.0.2.17")]
    [InlineData("0:0:0:0:0:FFFF:c000:211")]
    public void A_client_address_is_read_in_its_plain_forms(string client) =>
        Assert.Contains("\"office\"", Decide($$"""{"client":"{{client}}","to":"<r@c.example>"}""").Output.Single());

    [Fact]
    public void Blank_lines_are_skipped_and_the_last_line_needs_no_end()
    {
        SampleProgram.Result result = Decide($"\n{StrangerToFar}\r\n \t\r\n\n{StrangerToFar}");
        Assert.Equal([RelayingDenied, RelayingDenied], result.Output);
        Assert.Empty(result.Errors);
    }

    [Fact]
    public void No_requests_are_no_verdicts()
    {
        SampleProgram.Result result = Decide("");
        Assert.Empty(result.Output);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_request() => Assert.Equal([RelayingDenied], Decide("\ufeff" + StrangerToFar).Output);

    [Fact]
    public void A_hundred_thousand_requests_need_no_more_memory_than_a_few()
    {
        byte[] input = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(StrangerToFar + "\n", 100_000)));
        var smallHeap = new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "0x1800000" }; // 24 MiB
        SampleProgram.Result result = SampleProgram.Decide.Feed(input, smallHeap, "--requests", "-");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(100_000, result.Output.Count(line => line == RelayingDenied));
    }

    [Fact]
    public async Task The_program_ends_quietly_when_nobody_reads_its_output_any_more()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no broken pipes of this kind.");
        using Process process = SampleProgram.Decide.Start([], "--requests", "-");
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        process.StandardOutput.Close();
        try
        {
            while (!process.HasExited) process.StandardInput.WriteLine(StrangerToFar);
        }
        catch (IOException)
        {
            // Nobody reads its input any more, either.
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("", await errors);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public void An_explanation_names_the_request_every_rule_with_its_atoms_and_the_verdict()
    {
        SampleProgram.Result result = SampleProgram.Decide.Run("--explain", "2");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(result.Output, line => line.StartsWith("client", StringComparison.Ordinal) && line.EndsWith("203.0.113.9", StringComparison.Ordinal));
        Assert.Contains(result.Output, line => line.StartsWith("false        \"office\"", StringComparison.Ordinal));
        Assert.Contains(result.Output, line => line.Trim() == "false        Identity.OwnsSender");
        Assert.StartsWith("Reject at Recipient by NoRuleMatched", result.Output[^1]);
    }

    [Fact]
    public void Any_request_can_be_explained_by_the_number_of_its_line()
    {
        string[] output = SampleProgram.Decide.Feed($"\n\n{StrangerToFar}\n", "--requests", "-", "--explain", "3").Output;
        Assert.Contains(output, line => line.EndsWith("<r@c.example>", StringComparison.Ordinal));
    }

    [Fact]
    public void An_explanation_says_when_a_path_cannot_be_read()
    {
        string[] output = SampleProgram.Decide.Feed("""{"to":"bob\u001b[31m"}""", "--requests", "-", "--explain", "1").Output;
        Assert.Contains("no rule was asked: a path cannot be read", output);
        Assert.DoesNotContain(string.Concat(output), char.IsControl);
    }

    [Fact]
    public void There_is_no_explanation_of_a_request_that_is_not_there() => AssertFails(SampleProgram.Decide.Run("--explain", "4711"), "there is no request on line 4711");

    [Fact]
    public void Help_is_the_usage()
    {
        SampleProgram.Result result = SampleProgram.Decide.Run("--help");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(result.Output, line => line.StartsWith("Usage: Decide", StringComparison.Ordinal));
        Assert.Empty(result.Errors);
    }

    [Theory]
    [InlineData("\"--polciy\" is no option", "--polciy", "x")]
    [InlineData("--policy needs a value", "--policy")]
    [InlineData("--requests needs a value", "--requests", "")]
    [InlineData("--policy is given twice", "--policy", "a", "--policy", "b")]
    [InlineData("--explain takes a number from 1, not \"0\"", "--explain", "0")]
    [InlineData("--explain takes a number from 1, not \"two\"", "--explain", "two")]
    [InlineData("Could not find file", "--policy", "no-such-file.json")]
    [InlineData("Could not find file", "--requests", "no-such-file.jsonl")]
    public void What_cannot_be_done_is_said_in_one_line(string complaint, params string[] args)
    {
        SampleProgram.Result result = SampleProgram.Decide.Run(args);
        AssertFails(result, complaint);
        Assert.Single(result.Errors);
    }

    [Fact]
    public void Every_error_of_a_policy_is_said_on_a_line_of_its_own()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(
                path,
                """
                {
                  "LocalDomains": ["-bad-.example"],
                  "Rules": [
                    { "Name": "a", "Stage": "Recipient", "Action": "Accept", "When": { "Client.In": ["192.0.2.1/24"] } },
                    { "Name": "b", "Stage": "Nowhere", "Action": "Accept", "When": { "Recipient.IsLocal": true } },
                  ]
                }
                """);
            SampleProgram.Result result = SampleProgram.Decide.Feed(StrangerToFar, "--policy", path, "--requests", "-");
            AssertFails(result, "LocalDomains");
            Assert.Equal(3, result.Errors.Length);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_policy_that_is_no_JSON_is_refused()
    {
        // The requests are lines of JSON, and so no policy.
        SampleProgram.Result result = SampleProgram.Decide.Run("--policy", SampleProgram.Decide.Shipped("requests.jsonl"));
        AssertFails(result, "");
    }

    private static SampleProgram.Result Decide(string requests) => SampleProgram.Decide.Feed(requests, "--requests", "-");

    private static void AssertFails(SampleProgram.Result result, string complaint)
    {
        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.StartsWith(complaint, result.Errors[0].TrimStart('/'));
        Assert.DoesNotContain(result.Errors, line => line.TrimStart().StartsWith("at ", StringComparison.Ordinal));
    }
}
#endif
