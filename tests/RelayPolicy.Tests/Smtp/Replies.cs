namespace RelayPolicy.Tests;

/// <summary>What every reply to a command must be, whatever the command held.</summary>
internal static class Replies
{
    /// <summary>One line of printable ASCII within 512 octets, which refuses for good.</summary>
    public static void AssertSafeRefusal(SmtpReply reply)
    {
        string line = reply.ToString();
        Assert.InRange(line.Length + "\r\n".Length, 1, 512);
        Assert.Matches(@"\A5[0-5][0-9] 5\.[0-9]{1,3}\.[0-9]{1,3} [ -~]+\z", line);
    }
}
