using System.Buffers;
using System.Net;
using System.Text;
using RelayPolicy.Smtp;
using RelayPolicy.Smtp.Sasl;

namespace RelayPolicy.Tests;

/// <summary>What a fuzzer feeds with octets. A target throws if something does not hold that holds for all octets.</summary>
internal static class FuzzTargets
{
    private static readonly Dictionary<string, Action<byte[]>> Targets = new()
    {
        ["session"] = Session,
        ["path"] = Path,
    };

    public static IEnumerable<string> Names => Targets.Keys;

    public static Action<byte[]>? Find(string name) => Targets.GetValueOrDefault(name);

    /// <summary>
    /// A session. The first octet says what the listener is like; the rest is what the client sends, once in one piece and once in small ones.
    /// Both get the same replies; each reply is a line of printable ASCII; nothing foreign is accepted; no defect shows.
    /// </summary>
    private static void Session(byte[] octets)
    {
        if (octets.Length == 0) return;
        string whole = Run(octets[0], octets.AsMemory(1), int.MaxValue);
        string split = Run(octets[0], octets.AsMemory(1), 1 + (octets.Length % 7));
        Hold(whole == split, "The answers depend on how the octets are split.");
    }

    /// <summary>A path: what is read is printed and read again as the same.</summary>
    private static void Path(byte[] octets)
    {
        foreach (AddressOptions options in (AddressOptions[])[AddressOptions.None, AddressOptions.SmtpUtf8])
        {
            if (!SmtpPath.TryParseForwardPath(octets, options, out SmtpPath path, out _)) continue;
            string printed = path.ToString();
            Hold(printed.IndexOfAny(['\r', '\n', '\0']) < 0, "A printed path holds a line end or NUL.");
            Hold(SmtpPath.TryParseForwardPath(printed, options, out SmtpPath again, out _) && again == path, "A printed path is another one.");
            Hold(Encoding.UTF8.GetByteCount(printed) <= 256, "A printed path is too long.");
        }
    }

    private static string Run(byte kind, ReadOnlyMemory<byte> octets, int piece)
    {
        var session = new SmtpSession(
            new SmtpSessionOptions
            {
                HostName = "mx.local.example",
                Extensions = (SmtpExtensions)~0,
                Mechanisms = SaslMechanisms.Plain | SaslMechanisms.Login | SaslMechanisms.ScramSha256,
                AllowsAuthenticationWithoutTls = true,
                ProxyPeers = (kind & 1) != 0 ? World.Peers : null,
                XclientPeers = (kind & 2) != 0 ? World.Peers : null,
                NormalizesBareLineFeeds = (kind & 4) != 0,
                Limits = new SmtpLimits { MaxMessageSize = 200, MaxSessionSize = 4000, MaxRecipients = 3 },
                MakeNonce = () => "nonce",
            },
            World.Policy,
            new ClientEndpoint(IPAddress.Parse("192.0.2.1"), 1));
        var output = new ArrayBufferWriter<byte>();
        var log = new StringBuilder();
        var content = new StringBuilder();
        int sent = 0;
        bool goesOn = Feed(session, default, output, log, content);
        while (goesOn && sent < octets.Length)
        {
            int length = Math.Min(piece, octets.Length - sent);
            goesOn = Feed(session, new ReadOnlySequence<byte>(octets.Slice(sent, length)), output, log, content);
            sent += length;
        }

        Hold(session.Fault is null, $"A defect: {session.Fault}");
        CheckReplies(output.WrittenSpan);
        return log.Append(Encoding.ASCII.GetString(output.WrittenSpan)).ToString();
    }

    private static bool Feed(SmtpSession session, ReadOnlySequence<byte> input, ArrayBufferWriter<byte> output, StringBuilder log, StringBuilder content)
    {
        while (true)
        {
            switch (session.Process(ref input, output))
            {
                case SmtpStep.TakeContent:
                    foreach (ReadOnlyMemory<byte> part in session.Content) content.Append(Encoding.Latin1.GetString(part.Span));
                    break;
                case SmtpStep.VerifyCredentials:
                    log.Append(session.Credentials);
                    session.CredentialsChecked(SaslAnswer.Reject);
                    break;
                case SmtpStep.TakeMessage:
                    Hold(session.Transaction!.Recipients.All(recipient => recipient.Action == RelayAction.Deliver), "A stranger relays.");
                    log.AppendJoin(',', session.Transaction.Recipients.Select(recipient => recipient.ForwardPath.ToString()));
                    log.Append(content);
                    content.Clear();
                    session.MessageTaken();
                    break;
                case SmtpStep.AbandonMessage:
                    content.Clear();
                    break;
                case SmtpStep.Close:
                    log.Append("closed");
                    return false;
                default:
                    return true;
            }
        }
    }

    private static void CheckReplies(ReadOnlySpan<byte> replies)
    {
        while (!replies.IsEmpty)
        {
            int end = replies.IndexOf("\r\n"u8);
            Hold(end is >= 3 and <= 510, "A reply is no line.");
            Hold(replies[..end].IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0, "A reply is not printable ASCII.");
            replies = replies[(end + 2)..];
        }
    }

    private static void Hold(bool law, string otherwise)
    {
        if (!law) throw new InvalidOperationException(otherwise);
    }

    // Of its own, so that nothing of the library runs before the fuzzer is ready to trace it.
    private static class World
    {
        public static readonly NetworkSet Peers = NetworkSet.Parse("192.0.2.1");

        public static readonly RelayRuleSet Policy = RelayRuleSet.Create(
            [new("local", RelayStage.Recipient, Condition.Recipient.IsLocal, RuleAction.Accept)],
            new RelayRuleSetOptions { LocalDomains = DomainSet.Parse("local.example") });
    }
}
