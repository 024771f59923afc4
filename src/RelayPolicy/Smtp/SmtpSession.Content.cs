using System.Buffers;
using System.Globalization;
using RelayPolicy.Smtp.Wire;

namespace RelayPolicy.Smtp;

/// <content>DATA, BDAT and the content.</content>
public sealed partial class SmtpSession
{
    private ContentIntake? _intake;
    private BdatArgument _dropped;
    private SmtpReply _dropReply;
    private SmtpReply _messageReply;

    /// <summary>After <see cref="SmtpStep.TakeMessage"/>: the message is stored and now the responsibility of this server (RFC 5321 §4.2.5).</summary>
    /// <exception cref="InvalidOperationException">The session does not wait for this.</exception>
    public void MessageTaken() => MessageTaken(SessionReplies.MessageAccepted);

    /// <inheritdoc cref="MessageTaken()"/>
    /// <param name="reply">The reply, a 2xx.</param>
    /// <exception cref="ArgumentException">The reply is another.</exception>
    public void MessageTaken(SmtpReply reply)
    {
        if (reply.Code / 100 != 2) throw new ArgumentException("A message that is taken has a reply of 2xx.", nameof(reply));
        Decide(reply);
    }

    /// <summary>After <see cref="SmtpStep.TakeMessage"/>: the message could not be stored; 451 4.3.0.</summary>
    /// <exception cref="InvalidOperationException">The session does not wait for this.</exception>
    public void MessageRefused() => MessageRefused(SessionReplies.MessageNotTaken);

    /// <summary>After <see cref="SmtpStep.TakeMessage"/>: the message is refused.</summary>
    /// <param name="reply">The reply, a 4xx or 5xx.</param>
    /// <exception cref="InvalidOperationException">The session does not wait for this.</exception>
    /// <exception cref="ArgumentException">The reply is another.</exception>
    public void MessageRefused(SmtpReply reply)
    {
        if (reply.Code / 100 == 2) throw new ArgumentException("A message that is refused has a reply of 4xx or 5xx.", nameof(reply));
        Decide(reply);
    }

    private void Decide(SmtpReply reply)
    {
        Expect(SessionPhase.AwaitingMessage, nameof(SmtpStep.TakeMessage));
        _messageReply = reply;
        _phase = SessionPhase.MessageDecided;
    }

    private SmtpStep? Data(CommandLine line, IBufferWriter<byte> output)
    {
        if (!line.Argument.IsEmpty) return Answer(output, SessionReplies.NoArgument);
        if (!_dialogue.MayBeginData(out SmtpReply refusal)) return Answer(output, refusal);
        _intake = ContentIntake.ForData(_options);
        ReplyWriter.Write(output, "354 "u8, "End data with <CR><LF>.<CR><LF>");
        return Await(SessionPhase.Content);
    }

    private SmtpStep? Bdat(ReadOnlySpan<byte> argument, IBufferWriter<byte> output)
    {
        // Without a size nobody knows where the next command begins.
        if (!BdatArgument.TryParse(argument, out BdatArgument chunk)) return Close(output, SessionReplies.BdatSyntax);
        if (!_dialogue.TryBeginChunk(out SmtpReply refusal))
        {
            (_dropped, _dropReply) = (chunk, refusal);
            return Await(SessionPhase.DroppedChunk);
        }

        _intake ??= ContentIntake.ForChunks(_options);
        _intake.BeginChunk(chunk.Octets, chunk.IsLast);
        return Await(SessionPhase.Content);
    }

    private SmtpStep? DropChunk(ref ReadOnlySequence<byte> input, IBufferWriter<byte> output)
    {
        long length = Math.Min(input.Length, _dropped.Octets);
        input = input.Slice(length);
        _dropped = _dropped with { Octets = _dropped.Octets - length };
        if (length > 0) _timer.Progress();
        if (_dropped.Octets > 0) return SmtpStep.ReadMore;
        _phase = SessionPhase.Commands;
        return Answer(output, _dropReply);
    }

    private SmtpStep? ReadContent(ref ReadOnlySequence<byte> input, IBufferWriter<byte> output)
    {
        if (!input.IsEmpty) _timer.Progress();
        IntakeResult result = _intake!.Read(ref input, out ReadOnlySequence<byte> content);
        Transaction!.Size = _intake.Size;
        Content = content;
        switch (result)
        {
            case IntakeResult.NeedsInput: return SmtpStep.ReadMore;
            case IntakeResult.Content: return SmtpStep.TakeContent;
            case IntakeResult.TooLarge: return SmtpStep.AbandonMessage;
            case IntakeResult.BareLineEnd: return Close(output, SessionReplies.BareLineEndInContent);
            case IntakeResult.MessageEnd when !_intake.IsTooLarge: return Await(SessionPhase.AwaitingMessage);
            case IntakeResult.ChunkEnd when !_intake.IsTooLarge:
                _phase = SessionPhase.Commands;
                return Answer(output, new SmtpReply(250, new(2, 0, 0), string.Create(CultureInfo.InvariantCulture, $"{_intake.ChunkOctets} octets received")));
            default:
                _phase = SessionPhase.Commands;
                _dialogue.MessageEnded(taken: false);
                _intake = null; // what the host had of it was abandoned when it became too large
                return Answer(output, SessionReplies.MessageTooLarge);
        }
    }

    private SmtpStep? EndMessage(IBufferWriter<byte> output)
    {
        bool taken = _messageReply.Code / 100 == 2;
        _dialogue.MessageEnded(taken);
        if (taken) _counts.MessageTaken();
        _intake = null;
        _timer.Progress();
        _phase = SessionPhase.Commands;
        return Answer(output, _messageReply);
    }

    // HELO, EHLO and RSET end a transaction between chunks, of which the host may have content.
    private SmtpStep? EndTransaction()
    {
        bool abandons = _intake is { HasGivenContent: true };
        _intake = null;
        return abandons ? SmtpStep.AbandonMessage : null;
    }
}
