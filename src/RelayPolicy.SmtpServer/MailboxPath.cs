using SmtpServer.Mail;

namespace RelayPolicy.SmtpServerIntegration;

/// <summary>
/// Rebuilds a path from the parts that the SmtpServer package hands out, and checks it again by the grammar of RFC 5321 §4.1.2: the package
/// unescapes quoted local-parts by a regular expression, so that a part can hold CR LF, and takes hosts that are no domains.
/// </summary>
internal static class MailboxPath
{
    private const string Postmaster = "postmaster";

    /// <summary>The reverse-path; both parts empty is the null path.</summary>
    public static bool TryReadSender(IMailbox? mailbox, out SmtpPath path, out string problem)
    {
        if (mailbox is not null && string.IsNullOrEmpty(mailbox.User) && string.IsNullOrEmpty(mailbox.Host))
        {
            (path, problem) = (SmtpPath.Null, "");
            return true;
        }

        bool isRead = SmtpPath.TryParseReversePath(Write(mailbox), AddressOptions.None, out path, out AddressError error);
        problem = error.ToString();
        return isRead;
    }

    /// <summary>The forward-path; a user without a host is read only if it is the postmaster.</summary>
    public static bool TryReadRecipient(IMailbox? mailbox, out SmtpPath path, out string problem)
    {
        bool isBarePostmaster = mailbox is not null && string.IsNullOrEmpty(mailbox.Host) && string.Equals(mailbox.User, Postmaster, StringComparison.OrdinalIgnoreCase);
        bool isRead = SmtpPath.TryParseForwardPath(isBarePostmaster ? $"<{Postmaster}>" : Write(mailbox), AddressOptions.None, out path, out AddressError error);
        problem = error.ToString();
        return isRead;
    }

    // A quoted string can hold every local-part, and the parser takes the quotes off again.
    private static string Write(IMailbox? mailbox)
    {
        string local = (mailbox?.User ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return $"<\"{local}\"@{mailbox?.Host}>";
    }
}
