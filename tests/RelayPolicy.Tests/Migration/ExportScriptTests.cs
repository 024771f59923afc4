#if NET10_0_OR_GREATER
using System.Management.Automation.Language;
using RelayPolicy.Tests.Readme;

namespace RelayPolicy.Tests;

/// <summary>The export script cannot be run here; it is parsed, and it uses nothing that Windows PowerShell 5.1 lacks.</summary>
public sealed class ExportScriptTests
{
    private static readonly string[] Commands = ["ConvertTo-Json", "ForEach-Object", "Get-AccessList", "Get-Domains", "Get-Settings", "Get-Text", "New-Failure", "New-Object", "Set-StrictMode", "Test-Property", "Where-Object"];

    private static readonly string[] Names = ["IPGrant", "IPDeny", "DomainGrant", "DomainDeny", "GrantByDefault", "RelayIpList", "IPSecurity", "Format", "Computer", "Servers", "Id", "Settings", "Domains", "Name", "Error"];

    private static readonly string[] NewOperators = ["&&", "||", "??", "??=", "?.", "?["];

    private static readonly string Path = System.IO.Path.Combine(Repository.Root, "src/RelayPolicy/Migration/Export-IisSmtpPolicy.ps1");

    private readonly ScriptBlockAst _script;
    private readonly Token[] _tokens;

    public ExportScriptTests()
    {
        _script = Parser.ParseFile(Path, out _tokens, out ParseError[] errors);
        Assert.Empty(errors);
    }

    [Fact]
    public void It_calls_only_commands_that_every_Windows_PowerShell_has() => Assert.Equal(
        Commands, _script.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Select(command => ((CommandAst)command).GetCommandName()).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void It_uses_no_operator_of_later_versions() => Assert.DoesNotContain(_tokens, token => NewOperators.Contains(token.Text) || token.Kind == TokenKind.QuestionMark);

    [Fact]
    public void It_is_ASCII_because_Windows_PowerShell_reads_files_in_the_code_page_of_the_system() => Assert.True(System.Text.Ascii.IsValid(File.ReadAllBytes(Path)));

    [Fact]
    public void It_prints_the_keys_that_the_import_reads()
    {
        string[] keys = [.. _script.FindAll(node => node is HashtableAst, searchNestedScriptBlocks: true).SelectMany(table => ((HashtableAst)table).KeyValuePairs).Select(pair => pair.Item1.ToString()).Distinct()];
        Assert.Equal(Names.Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
        Assert.Contains("'IIS SMTP policy export 1'", _script.ToString());
    }

    [Fact]
    public void It_changes_nothing() => Assert.DoesNotContain(
        _script.FindAll(node => node is InvokeMemberExpressionAst, searchNestedScriptBlocks: true).Select(call => ((InvokeMemberExpressionAst)call).Member.ToString()),
        name => name.Contains("Set", StringComparison.OrdinalIgnoreCase) || name.Contains("Commit", StringComparison.OrdinalIgnoreCase));
}
#endif
