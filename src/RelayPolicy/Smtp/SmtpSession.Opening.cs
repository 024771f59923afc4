using System.Buffers;
using RelayPolicy.Smtp.Proxy;
using RelayPolicy.Smtp.Wire;

namespace RelayPolicy.Smtp;

/// <content>Who the client is: proxy header, TLS, host names, greeting, XCLIENT.</content>
public sealed partial class SmtpSession
{
    private bool _isTlsDue;

    /// <summary>After <see cref="SmtpStep.StartTls"/>: TLS has started. Everything that the client said before is forgotten.</summary>
    /// <param name="tls">The TLS session.</param>
    /// <exception cref="InvalidOperationException">The session does not wait for this.</exception>
    /// <exception cref="ArgumentException">It is no TLS.</exception>
    public void TlsStarted(TlsState tls)
    {
        Expect(SessionPhase.AwaitingTls, nameof(SmtpStep.StartTls));
        if (!tls.IsOn) throw new ArgumentException("TLS that has started is on.", nameof(tls));
        _dialogue.TlsStarted(tls);
        _lines.Wipe();
        Content = default;
        _timer.Progress();
        _phase = _isTlsDue ? SessionPhase.Opening : SessionPhase.Commands;
        _isTlsDue = false;
    }

    /// <summary>After <see cref="SmtpStep.ResolveHostNames"/>: what the DNS said. If the look-up fails or takes too long, that is
    /// <see cref="HostNameStatus.TemporaryFailure"/>.</summary>
    /// <param name="status">How far the names are known.</param>
    /// <param name="names">The PTR names.</param>
    /// <exception cref="InvalidOperationException">The session does not wait for this.</exception>
    public void HostNamesResolved(HostNameStatus status, params IEnumerable<string> names)
    {
        Expect(SessionPhase.AwaitingHostNames, nameof(SmtpStep.ResolveHostNames));
        _dialogue.HostNamesResolved(status, names);
        _phase = SessionPhase.Greeting;
    }

    private SmtpStep? ReadProxyHeader(ref ReadOnlySequence<byte> input, IBufferWriter<byte> output)
    {
        if (!_options.ProxyPeers!.Contains(Client.Address)) return Close(output, SessionReplies.ProxyRefused);
        switch (_proxyHeader!.Read(ref input, out ProxyHeader header))
        {
            case ProxyHeaderStatus.Incomplete: return SmtpStep.ReadMore;
            case ProxyHeaderStatus.Malformed: return Close(output, SessionReplies.ProxyMalformed);
        }

        _proxyHeader = null;
        _timer.Progress();
        _dialogue.ClientNamed(header.ClientOf(Client), header.IsUnderTls ? TlsState.On() : TlsState.Off);
        return Await(SessionPhase.Opening);
    }

    private SmtpStep? Open()
    {
        if (_options.StartsUnderTls && !Tls.IsOn)
        {
            _isTlsDue = true;
            return Await(SessionPhase.AwaitingTls);
        }

        bool asks = _options.ResolvesHostNames && Client is { Address: not null, HostNameStatus: HostNameStatus.NotAsked };
        return Await(asks ? SessionPhase.AwaitingHostNames : SessionPhase.Greeting);
    }

    private SmtpStep? Greet(IBufferWriter<byte> output)
    {
        _timer.Progress();
        SmtpReply reply = _dialogue.Connect();
        if (reply.Code == 421) return Close(output, reply);
        if (reply.Code == 250) ReplyWriter.Write(output, "220 "u8, $"{_options.HostName} ESMTP");
        else Write(output, reply);
        return Await(SessionPhase.Commands);
    }

    private SmtpStep? NameClient(ReadOnlySpan<char> argument, IBufferWriter<byte> output)
    {
        if (!_dialogue.MayIssue(SmtpCommand.Xclient, out SmtpReply refusal)) return Answer(output, refusal);
        if (!_dialogue.MayXclient) return Close(output, SessionReplies.XclientRefused);
        if (!XclientCommand.TryParse(argument, out XclientCommand command)) return Answer(output, SessionReplies.XclientSyntax);
        if (command.Login is not null && !_options.AllowsXclientLogin) return Answer(output, SessionReplies.XclientLogin);
        _dialogue.NamedByXclient(command.ClientOf(Client), new AuthIdentity(command.Login, "XCLIENT"));
        return Await(SessionPhase.Opening);
    }
}
