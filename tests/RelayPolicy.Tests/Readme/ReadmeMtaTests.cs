// <mta>
using System.Net;
using RelayPolicy;
using Xunit;

namespace MyMailServer.Tests;

public class RelayControlTests
{
    private static readonly IPEndPoint Stranger = new(IPAddress.Parse("203.0.113.9"), 40_000);

    [Theory]
    [InlineData("<bob@example.com>", "250 2.1.5 Recipient OK")]
    [InlineData("<bob@elsewhere.example>", "550 5.7.1 Relaying denied")]
    [InlineData("<bob%elsewhere.example@example.com>", "550 5.7.1 Relaying denied: the local-part names another destination")]
    public void A_stranger_reaches_local_mailboxes_only(string recipient, string reply) =>
        Assert.Equal(reply, new RelayControl().AnswerRcptTo(Stranger, user: null, SmtpPath.Null, recipient).ToString());
}
// </mta>
