using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace RelayPolicy.Samples.RelayServer.Listening;

/// <summary>
/// Kestrel's listener, which accepts no more connections than there are handles for: the others wait in the queue of the system. Without
/// this a burst of connections takes the last handle, and then accepting fails in a circle.
/// </summary>
internal sealed class PacedListenerFactory(IOptions<SocketTransportOptions> options, ILoggerFactory logs) : IConnectionListenerFactory, IDisposable
{
    private readonly SocketTransportFactory _inner = new(options, logs);
    private readonly SemaphoreSlim _free = new(HandleLimit.Connections + HandleLimit.TurnedAway);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new PacedListener(await _inner.BindAsync(endpoint, cancellationToken), _free);

    public void Dispose() => _free.Dispose();

    private sealed class PacedListener(IConnectionListener inner, SemaphoreSlim free) : IConnectionListener
    {
        private readonly CancellationTokenSource _unbound = new();

        public EndPoint EndPoint => inner.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            try
            {
                await free.WaitAsync(_unbound.Token);
            }
            catch (OperationCanceledException)
            {
                return null; // as a listener does that accepts no more
            }

            ConnectionContext? connection = null;
            try
            {
                connection = await inner.AcceptAsync(cancellationToken);
            }
            finally
            {
                if (connection is null) Release();
            }

            connection?.ConnectionClosed.UnsafeRegister(_ => Release(), null);
            return connection;
        }

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            await _unbound.CancelAsync();
            await inner.UnbindAsync(cancellationToken);
        }

        // The last connections may close when the server is gone.
        private void Release()
        {
            try
            {
                free.Release();
            }
            catch (ObjectDisposedException)
            {
                // Nobody waits any more.
            }
        }

        public async ValueTask DisposeAsync()
        {
            _unbound.Dispose();
            await inner.DisposeAsync();
        }
    }
}
