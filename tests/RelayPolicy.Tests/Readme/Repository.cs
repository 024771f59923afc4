using System.Runtime.CompilerServices;

namespace RelayPolicy.Tests.Readme;

/// <summary>Where the repository is, for tests that read its files.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    private static string FindRoot([CallerFilePath] string here = "")
    {
        // Deterministic builds map the path of the source, so the output folder is the second way home.
        foreach (string start in new[] { Path.GetDirectoryName(here) ?? "", AppContext.BaseDirectory, Directory.GetCurrentDirectory() })
        {
            for (DirectoryInfo? folder = new(start.Length == 0 ? "." : start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "RelayPolicy.sln"))) return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("These tests read files of the repository: run them inside the repository.");
    }
}
