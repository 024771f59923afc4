using System.Net;

namespace RelayPolicy.Benchmarks;

/// <summary>Connections that have said EHLO and say nothing more.</summary>
internal sealed class IdleConnections : IDisposable
{
    private const int AtOnce = 8;

    private readonly SmtpClientSocket?[] _connections;

    public IdleConnections(IPEndPoint server, int count)
    {
        _connections = new SmtpClientSocket?[count];
        try
        {
            ForEach(i => _connections[i] = new SmtpClientSocket(server));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Asks every connection for a reply.</summary>
    /// <exception cref="LoadException">One of them is dead.</exception>
    public void Check() => ForEach(i =>
    {
        _connections[i]!.Send("NOOP\r\n"u8);
        _connections[i]!.Expect(250);
    });

    public void Dispose()
    {
        foreach (SmtpClientSocket? connection in _connections) connection?.Dispose();
    }

    private void ForEach(Action<int> action) => Parallel.For(0, _connections.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, action);
}
