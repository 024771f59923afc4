using System.Buffers;
using RelayPolicy.Smtp.Wire;

namespace RelayPolicy.Smtp;

/// <content>Command lines and their replies.</content>
public sealed partial class SmtpSession
{
    private SmtpStep? ReadCommand(ref ReadOnlySequence<byte> input, IBufferWriter<byte> output)
    {
        switch (_lines.Read(ref input, _options.SessionLimits.MaxCommandLine, out ReadOnlySpan<byte> line))
        {
            case LineStatus.Incomplete: return SmtpStep.ReadMore;
            case LineStatus.TooLong: return Answer(output, SessionReplies.LineTooLong);
            case LineStatus.BareLineEnd: return Close(output, SessionReplies.BareLineEnd);
        }

        _timer.Progress();
        CommandLine command = CommandLine.Parse(line);
        bool isFirst = !_hadCommand;
        _hadCommand = true;
        if (isFirst && command.IsForeign) return Close(output, SessionReplies.NotSmtp);
        if (!_counts.MayBe(command.Command)) return Close(output, SessionReplies.TooManyErrors);
        return Run(command, output);
    }

    private SmtpStep? Run(CommandLine line, IBufferWriter<byte> output) => line.Command switch
    {
        SmtpCommand.Rcpt => Rcpt(line, output),
        SmtpCommand.Mail => Mail(line, output),
        SmtpCommand.Data => Data(line, output),
        SmtpCommand.Bdat => Bdat(line.Argument, output),
        SmtpCommand.Ehlo => Hello(line, extended: true, output),
        SmtpCommand.Helo => Hello(line, extended: false, output),
        SmtpCommand.Auth => Auth(line.Argument, output),
        SmtpCommand.StartTls => StartTls(line, output),
        SmtpCommand.Xclient => NameClient(CommandText.Decode(line.Argument, stackalloc char[line.Argument.Length]), output),
        SmtpCommand.Rset => line.Argument.IsEmpty ? Reset(output) : Answer(output, SessionReplies.NoArgument),
        SmtpCommand.Quit => line.Argument.IsEmpty ? Close(output, SessionReplies.Bye) : Answer(output, SessionReplies.NoArgument),
        SmtpCommand.Noop => Say(SmtpCommand.Noop, SessionReplies.Ok, output),
        SmtpCommand.Help => Say(SmtpCommand.Help, SessionReplies.Help, output),
        SmtpCommand.Vrfy => Say(SmtpCommand.Vrfy, SessionReplies.CannotVerify, output),
        SmtpCommand.Expn => Say(SmtpCommand.Expn, SessionReplies.NotImplemented, output),
        _ => Answer(output, line.IsObsolete ? SessionReplies.NotImplemented : SessionReplies.UnknownCommand),
    };

    private SmtpStep? Say(SmtpCommand command, in SmtpReply reply, IBufferWriter<byte> output) =>
        Answer(output, _dialogue.MayIssue(command, out SmtpReply refusal) ? reply : refusal);

    private SmtpStep? Hello(CommandLine line, bool extended, IBufferWriter<byte> output)
    {
        string name = CommandText.Decode(line.Argument, stackalloc char[line.Argument.Length]).ToString();
        SmtpReply reply = _dialogue.Hello(name, extended);
        if (reply.Code != 250) return Answer(output, reply);
        if (extended) EhloReply.Write(output, _options, _dialogue);
        else ReplyWriter.Write(output, "250 "u8, _options.HostName);
        return EndTransaction();
    }

    private SmtpStep? Mail(CommandLine line, IBufferWriter<byte> output)
    {
        // A command that may not come is not looked at: its reply tells nothing but that.
        if (!_dialogue.MayIssue(SmtpCommand.Mail, out SmtpReply refusal)) return Answer(output, refusal);
        if (!line.TryTake("FROM:"u8, out ReadOnlySpan<byte> argument)) return Answer(output, SessionReplies.MailSyntax);
        ReadOnlySpan<char> text = CommandText.Decode(argument, stackalloc char[argument.Length]);
        return Answer(output, MailCommand.TryParse(text, _strings, out MailCommand command, out refusal) ? _dialogue.Mail(command) : refusal);
    }

    private SmtpStep? Rcpt(CommandLine line, IBufferWriter<byte> output)
    {
        if (!_dialogue.MayIssue(SmtpCommand.Rcpt, out SmtpReply refusal)) return Answer(output, refusal);
        if (!line.TryTake("TO:"u8, out ReadOnlySpan<byte> argument)) return Answer(output, SessionReplies.RcptSyntax);
        bool smtpUtf8 = Transaction!.Mail.SmtpUtf8;
        ReadOnlySpan<char> text = CommandText.Decode(argument, stackalloc char[argument.Length]);
        return Answer(output, RcptCommand.TryParse(text, smtpUtf8, _strings, out RcptCommand command, out refusal) ? _dialogue.Rcpt(command) : refusal);
    }

    private SmtpStep? Reset(IBufferWriter<byte> output) => Answer(output, _dialogue.Reset()) ?? EndTransaction();

    private SmtpStep? StartTls(CommandLine line, IBufferWriter<byte> output)
    {
        if (!line.Argument.IsEmpty) return Answer(output, SessionReplies.NoArgument);
        if (!_dialogue.MayStartTls(out SmtpReply refusal)) return Answer(output, refusal);
        ReplyWriter.Write(output, SessionReplies.ReadyForTls);
        return Await(SessionPhase.AwaitingTls);
    }
}
