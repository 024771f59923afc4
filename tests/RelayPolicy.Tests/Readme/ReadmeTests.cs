using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using RelayPolicy.Configuration;
using RelayPolicy.SmtpServerIntegration;

namespace RelayPolicy.Tests.Readme;

/// <summary>What the README shows is compiled or read, so that it cannot rot; the package says the same as the projects.</summary>
public partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    [Theory]
    [InlineData("ReadmeCode.cs", "decide")]
    [InlineData("ReadmeMtaTests.cs", "mta")]
    [InlineData("ReadmeLists.cs", "lists")]
    [InlineData("ReadmeHost.cs", "host")]
    public void Every_piece_of_code_in_the_README_is_compiled(string file, string region)
    {
        string source = File.ReadAllText(Path.Combine(Repository.Root, "tests/RelayPolicy.Tests/Readme", file));
        string code = Regex.Match(source, $"// <{region}>\r?\n(.*?)\r?\n// </{region}>", RegexOptions.Singleline).Groups[1].Value;
        Assert.NotEmpty(code);
        Assert.Contains("```csharp\n" + code + "\n```", Readme, StringComparison.Ordinal);
    }

    [Fact]
    public void The_README_holds_no_other_code() => Assert.Equal(4, Regex.Count(Readme, "```csharp"));

    [Fact]
    public void The_policy_file_in_the_README_is_read_without_a_warning() => Assert.Empty(Policy().Warnings);

    [Fact]
    public void Every_namespace_is_named() => Assert.All(
        new[] { typeof(RelayRuleSet), typeof(RelayMailboxFilter) }.SelectMany(type => type.Assembly.GetExportedTypes()).Select(type => type.Namespace!).Distinct(),
        name => Assert.Contains($"`{name}`", Readme, StringComparison.Ordinal));

    [Fact]
    public void The_commands_of_the_README_name_projects_that_are_there()
    {
        string[] projects = [.. Regex.Matches(Readme, @"--project ([\w/.]+)").Select(match => match.Groups[1].Value).Distinct()];
        Assert.Contains("samples/Decide", projects);
        Assert.All(projects, project => Assert.Single(Directory.GetFiles(Path.Combine(Repository.Root, project), "*.csproj")));
        Assert.Contains("dotnet test RelayPolicy.sln", Readme, StringComparison.Ordinal);
    }

    [Fact]
    public void The_package_holds_the_export_script_and_compiles_it_nowhere()
    {
        XElement[] elements = [.. XElement.Load(Path.Combine(Repository.Root, "RelayPolicy.nuspec")).Descendants()];
        string path = (string)Assert.Single(elements, element => (string?)element.Attribute("target") == "contentFiles/any/any").Attribute("src")!;
        Assert.True(File.Exists(Path.Combine(Repository.Root, path)));
        XElement content = Assert.Single(elements, element => (string?)element.Attribute("include") == $"any/any/{Path.GetFileName(path)}");
        Assert.Equal(("None", "false"), ((string)content.Attribute("buildAction")!, (string)content.Attribute("copyToOutput")!));
    }

#if NET10_0_OR_GREATER
    [Fact]
    public void The_README_of_a_package_links_to_the_repository_at_its_commit()
    {
        string packed = PackedReadme("-p:RepositoryUrl=https://example.com/relaypolicy", "-p:SourceRevisionId=0123abc");
        Assert.Matches(RelativeLink(), Readme);
        Assert.DoesNotMatch(RelativeLink(), packed);
        Assert.Equal(Readme, packed.Replace("https://example.com/relaypolicy/blob/0123abc/", "", StringComparison.Ordinal));
    }

    [Fact]
    public void The_README_of_a_package_without_a_known_repository_names_files_in_place_of_links()
    {
        string packed = PackedReadme("-p:RepositoryUrl=");
        Assert.DoesNotMatch(RelativeLink(), packed);
        Assert.Contains("See operating (docs/operating.md) for reload", packed, StringComparison.Ordinal);
    }
#endif

    [Fact]
    public void The_package_depends_on_what_the_project_depends_on()
    {
        XElement nuspec = XElement.Load(Path.Combine(Repository.Root, "RelayPolicy.nuspec"));
        Dictionary<string, string> versions = XElement.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(package => (string)package.Attribute("Include")!, package => (string)package.Attribute("Version")!);
        XElement project = XElement.Load(Path.Combine(Repository.Root, "src/RelayPolicy/RelayPolicy.csproj"));
        string[] expected = [.. project.Descendants("PackageReference").Where(package => package.Attribute("PrivateAssets") is null)
            .Select(package => (string)package.Attribute("Include")!).Select(id => $"{id} {versions[id]}").Order()];
        var groups = nuspec.Descendants().Where(element => element.Name.LocalName == "group").ToList();
        Assert.Equal(((string)project.Descendants("TargetFrameworks").Single()).Split(';'), groups.Select(group => (string)group.Attribute("targetFramework")!));
        Assert.All(groups, group => Assert.Equal(expected, group.Elements().Select(package => $"{(string)package.Attribute("id")!} {(string)package.Attribute("version")!}").Order()));
    }

    private static PolicyFile Policy() => PolicyFile.Parse(Regex.Match(Readme, "```json\n(.*?)\n```", RegexOptions.Singleline).Groups[1].Value);

#if NET10_0_OR_GREATER
    // The README as packing writes it.
    private static string PackedReadme(params string[] properties)
    {
        string file = Path.GetTempFileName();
        try
        {
            string[] command = ["msbuild", Path.Combine(Repository.Root, "src/RelayPolicy/RelayPolicy.csproj"), "-nologo", "-nodeReuse:false", "-t:WritePackageReadme", $"-p:PackageReadme={file}", .. properties];
            using var build = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", command) { RedirectStandardOutput = true })!;
            string output = build.StandardOutput.ReadToEnd();
            build.WaitForExit();
            Assert.True(build.ExitCode == 0, output);
            return File.ReadAllText(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"\]\((?!https?:)")]
    private static partial Regex RelativeLink();
#endif
}
