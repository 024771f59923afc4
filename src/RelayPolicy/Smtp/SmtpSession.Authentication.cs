using System.Buffers;
using RelayPolicy.Smtp.Sasl;
using RelayPolicy.Smtp.Wire;

namespace RelayPolicy.Smtp;

/// <content>AUTH and its exchange (RFC 4954).</content>
public sealed partial class SmtpSession
{
    private AuthExchange? _exchange;
    private SaslAnswer _saslAnswer;

    /// <summary>After <see cref="SmtpStep.VerifyCredentials"/>: what the host says of the credentials.</summary>
    /// <param name="answer">The answer. If the user database fails, that is <see cref="SaslAnswer.Unavailable"/>.</param>
    /// <exception cref="InvalidOperationException">The session does not wait for this.</exception>
    public void CredentialsChecked(SaslAnswer answer)
    {
        Expect(SessionPhase.AwaitingCredentials, nameof(SmtpStep.VerifyCredentials));
        _saslAnswer = answer;
        Credentials = null;
        _phase = SessionPhase.CredentialsChecked;
    }

    private SmtpStep? Auth(ReadOnlySpan<byte> argument, IBufferWriter<byte> output)
    {
        if (!_dialogue.MayAuthenticate(out SmtpReply refusal)) return Answer(output, refusal);
        _exchange = AuthExchange.Begin(argument, _options, out SaslTurn turn);
        return Take(turn, output);
    }

    private SmtpStep? ReadResponse(ref ReadOnlySequence<byte> input, IBufferWriter<byte> output)
    {
        switch (_lines.Read(ref input, _options.SessionLimits.MaxAuthenticationLine, out ReadOnlySpan<byte> line))
        {
            case LineStatus.Incomplete: return SmtpStep.ReadMore;
            case LineStatus.TooLong: return Take(SaslTurn.Fail(SessionReplies.AuthLineTooLong), output);
            case LineStatus.BareLineEnd: return Close(output, SessionReplies.BareLineEnd);
        }

        _timer.Progress();
        return Take(_exchange!.Respond(line), output);
    }

    private SmtpStep? TakeAnswer(IBufferWriter<byte> output)
    {
        _timer.Progress();
        return Take(_exchange!.Answer(_saslAnswer), output);
    }

    private SmtpStep? Take(in SaslTurn turn, IBufferWriter<byte> output)
    {
        switch (turn.Kind)
        {
            case SaslTurnKind.Challenge:
                ReplyWriter.Write(output, "334 "u8, Convert.ToBase64String(turn.Data));
                return Await(SessionPhase.Authenticating);
            case SaslTurnKind.AskHost:
                Credentials = turn.Credentials;
                return Await(SessionPhase.AwaitingCredentials);
            default:
                _exchange = null;
                _saslAnswer = default;
                _lines.Wipe();
                _phase = SessionPhase.Commands;
                return EndExchange(turn, output);
        }
    }

    private SmtpStep? EndExchange(in SaslTurn turn, IBufferWriter<byte> output)
    {
        SmtpReply reply = turn.Kind == SaslTurnKind.Success ? _dialogue.Authenticated(turn.Identity!) : turn.Reply;
        return Answer(output, reply.Code == 235 ? reply : _counts.CountFailedAuthentication(reply));
    }
}
