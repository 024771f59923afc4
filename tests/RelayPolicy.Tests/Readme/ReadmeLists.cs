// <lists>
using System.Globalization;
using RelayPolicy;

namespace MyMailServer;

public sealed class Lists
{
    // One network a line, plain or packed with gzip. The columns behind it are not needed.
    public NetworkSet Blocked { get; } = NetworkList.Load("drop.txt.gz", new ListOptions { IgnoreColumns = true });

    // A domain and a number a line; whatever int.Parse refuses is an error of its line.
    public DomainTable<int> Priorities { get; } = DomainList.LoadTable("priorities.txt", value => int.Parse(value, CultureInfo.InvariantCulture));

    // A list from anywhere else: a failed update names every line, and the set in use stays.
    public static NetworkSet Update(NetworkSet inUse, Stream download, Action<LineError> log)
    {
        if (NetworkList.TryRead(download, out NetworkSet? fresh, out IReadOnlyList<LineError> errors)) return fresh;
        foreach (LineError error in errors) log(error);
        return inUse;
    }
}
// </lists>
