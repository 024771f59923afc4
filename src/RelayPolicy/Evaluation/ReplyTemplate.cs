using System.Text.RegularExpressions;

namespace RelayPolicy;

/// <summary>The placeholders in the text of a reply.</summary>
internal static partial class ReplyTemplate
{
    private const string Sender = "{sender}";
    private const string Recipient = "{recipient}";
    private const string Client = "{client}";

    /// <summary>Why the text cannot be filled at the stage, or null if it can.</summary>
    public static string? Check(SmtpReply reply, RelayStage stage)
    {
        foreach (Match brace in Braces().Matches(reply.Text))
        {
            string? problem = brace.Value switch
            {
                Client => null,
                Sender => stage >= RelayStage.Sender ? null : $"{Sender} is not known at {stage}",
                Recipient => stage >= RelayStage.Recipient ? null : $"{Recipient} is not known at {stage}",
                _ => $"\"{brace.Value}\" is no placeholder",
            };
            if (problem is not null) return problem;
        }

        return null;
    }

    /// <summary>The reply with its placeholders filled from the parsed values, made safe and cut to fit. Allocates only if there are any.</summary>
    public static SmtpReply Fill(SmtpReply reply, in RelayRequest request) => reply.Text.Contains('{') ? FillPlaceholders(reply, request) : reply;

    private static SmtpReply FillPlaceholders(SmtpReply reply, in RelayRequest request)
    {
        string sender = request.Sender.ToString();
        string recipient = request.Recipient.Address;
        string client = request.Client.Address?.ToString() ?? "unknown";
        return reply.WithText(Braces().Replace(reply.Text, brace => brace.Value switch
        {
            Sender => sender,
            Recipient => recipient,
            Client => client,
            _ => brace.Value,
        }));
    }

    [GeneratedRegex(@"\{[a-z]*\}?", RegexOptions.CultureInvariant)]
    private static partial Regex Braces();
}
