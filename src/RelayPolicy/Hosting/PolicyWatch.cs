using RelayPolicy.Configuration;

namespace RelayPolicy;

/// <summary>
/// Looks at the files and the configuration of a policy at intervals. A change counts when two looks in a row find the same new state, so
/// that a file is not read while it is written, and several files that change together are one change.
/// </summary>
/// <remarks>Looking works on every file system, for a file that is written, renamed into place, deleted, or a link that is turned, which
/// notifications of the system do not.</remarks>
internal sealed class PolicyWatch : IDisposable
{
    private readonly object _gate;
    private readonly Func<long> _version;
    private readonly Func<LoadedPolicy> _load;
    private readonly TimeSpan _interval;
    private readonly ITimer _timer;
    private State _loaded;
    private State? _pending;

    /// <param name="first">What was loaded last.</param>
    /// <param name="version">How often the configuration has changed.</param>
    /// <param name="load">Loads the policy anew.</param>
    /// <param name="interval">How often to look.</param>
    /// <param name="time">The clock.</param>
    /// <param name="gate">Locked while it looks and loads, by whoever loads the policy too.</param>
    public PolicyWatch(LoadedPolicy first, Func<long> version, Func<LoadedPolicy> load, TimeSpan interval, TimeProvider time, object gate)
    {
        (_version, _load, _interval, _gate) = (version, load, interval, gate);
        _loaded = State.Of(first);
        _timer = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Rearm();
    }

    /// <summary>Notes that the policy was loaded by somebody else, who holds the lock.</summary>
    public void NoteLoaded(LoadedPolicy loaded) => (_loaded, _pending) = (State.Of(loaded), null);

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        try
        {
            lock (_gate)
            {
                State now = _loaded.LookAgain(_version());
                if (now.Equals(_loaded)) _pending = null;
                else if (_pending is null || !now.Equals(_pending)) _pending = now;
                else (_loaded, _pending) = (State.Of(_load()), null);
            }
        }
        catch (Exception)
        {
            // A provider of the configuration that fails while it is looked at is looked at again; what is thrown in a timer ends the process.
        }
        finally
        {
            Rearm();
        }
    }

    private void Rearm()
    {
        try
        {
            _timer.Change(_interval, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The host stops.
        }
    }

    /// <summary>The files that a policy was read from, as they were, and the version of the configuration.</summary>
    private sealed class State(long version, IReadOnlyDictionary<string, FileStamp> files) : IEquatable<State>
    {
        private readonly long _version = version;
        private readonly IReadOnlyDictionary<string, FileStamp> _files = files;

        public static State Of(LoadedPolicy policy) => new(policy.Version, policy.Files);

        public State LookAgain(long version) => new(version, _files.Keys.ToDictionary(path => path, FileStamp.Of));

        public bool Equals(State? other) =>
            other is not null
            && _version == other._version
            && _files.Count == other._files.Count
            && _files.All(file => other._files.TryGetValue(file.Key, out FileStamp stamp) && stamp == file.Value);

        public override bool Equals(object? obj) => Equals(obj as State);

        public override int GetHashCode() => HashCode.Combine(_version, _files.Count);
    }
}
