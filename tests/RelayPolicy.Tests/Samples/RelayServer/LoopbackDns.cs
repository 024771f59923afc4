#if NET10_0_OR_GREATER
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RelayPolicy.Tests.Samples;

/// <summary>A name server of a few records, on the loopback interface. A name that it does not have does not exist (RFC 1035 §4).</summary>
internal sealed class LoopbackDns : IAsyncDisposable
{
    private const int HeaderLength = 12;
    private const int TypeA = 1;
    private const int TypePtr = 12;
    private const int ServerFailure = 2;
    private const int NoSuchName = 3;

    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _questions = new();
    private readonly Task _loop;

    public LoopbackDns() => _loop = ServeAsync();

    public string Address => _socket.Client.LocalEndPoint!.ToString()!;

    /// <summary>The PTR names by reverse name, the addresses by name.</summary>
    public Dictionary<string, string[]> Records { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it never answers.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Whether it answers SERVFAIL.</summary>
    public bool Fails { get; set; }

    /// <summary>The names that were asked for.</summary>
    public IReadOnlyCollection<string> Questions => _questions;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
        _socket.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                UdpReceiveResult query = await _socket.ReceiveAsync(_stop.Token);
                byte[] answer = Answer(query.Buffer);
                if (!IsSilent) await _socket.SendAsync(answer, query.RemoteEndPoint, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private byte[] Answer(byte[] query)
    {
        var labels = new List<string>();
        int i = HeaderLength;
        for (; query[i] > 0; i += query[i] + 1) labels.Add(Encoding.ASCII.GetString(query, i + 1, query[i]));
        int type = BinaryPrimitives.ReadUInt16BigEndian(query.AsSpan(i + 1));
        byte[] question = query[HeaderLength..(i + 5)];
        string name = string.Join('.', labels);
        _questions.Enqueue(name);
        bool isKnown = Records.TryGetValue(name, out string[]? values);
        byte[][] data = isKnown && !Fails ? [.. values!.Select(value => Data(type, value)).OfType<byte[]>()] : [];
        var answer = new List<byte>(query[..2]);
        answer.AddRange([0x81, (byte)(0x80 | (Fails ? ServerFailure : isKnown ? 0 : NoSuchName)), 0, 1, 0, (byte)data.Length, 0, 0, 0, 0]);
        answer.AddRange(question);
        foreach (byte[] record in data) answer.AddRange([0xc0, HeaderLength, 0, (byte)type, 0, 1, 0, 0, 0, 60, 0, (byte)record.Length, .. record]);
        return [.. answer];
    }

    private static byte[]? Data(int type, string value) => type switch
    {
        TypeA when IPAddress.TryParse(value, out IPAddress? address) => address.GetAddressBytes(),
        TypePtr => [.. value.Split('.').SelectMany(label => new[] { (byte)label.Length }.Concat(Encoding.ASCII.GetBytes(label))), 0],
        _ => null,
    };
}
#endif
