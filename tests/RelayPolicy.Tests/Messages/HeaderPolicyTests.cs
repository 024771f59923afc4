using System.Text;
using RelayPolicy.Messages;

namespace RelayPolicy.Tests;

public sealed class HeaderPolicyTests
{
    private static readonly SenderOwnership Owners = SenderOwnership.Create([KeyValuePair.Create("alice", (IReadOnlyList<string>)["alice@example.com", "alice+*@example.com"])]);
    private static readonly AuthIdentity Alice = new("alice", "PLAIN");

    [Theory]
    [InlineData(15, true)]
    [InlineData(16, false)]
    public void Received_fields_are_counted_up_to_15(int hops, bool passes)
    {
        string header = string.Concat(Enumerable.Repeat("Received: from a by b; Tue, 24 Nov 2026 12:00:00 +0000\r\n", hops)) + "Subject: x\r\n\r\nReceived: in the body\r\n";
        Assert.Equal(passes, new HeaderPolicy().Accepts(Read(header), AuthIdentity.Anonymous, out SmtpReply refusal));
        if (!passes) Assert.Equal("554 5.4.6 Too many hops: the message loops", refusal.ToString());
    }

    [Fact]
    public void Hops_need_not_be_counted() =>
        Assert.True(new HeaderPolicy { MaxHops = null }.Accepts(Read(string.Concat(Enumerable.Repeat("Received: x\r\n", 200)) + "\r\n"), AuthIdentity.Anonymous, out _));

    [Theory]
    [InlineData("From: alice@example.com", true)]
    [InlineData("From: Alice <ALICE@example.com>", true)]
    [InlineData("From: \"bob@other.example\" <alice+tag@example.com>", true)]
    [InlineData("from : alice@example.com", true)]
    [InlineData("From: bob@example.com", false)]
    [InlineData("From: alice@example.com, bob@example.com", false)]
    [InlineData("From: alice@example.com\r\nFrom: bob@example.com", false)]
    [InlineData("From: bob@example.com\r\nFrom: alice@example.com", false)]
    [InlineData("From: friends: bob@example.com;", false)]
    [InlineData("From: undisclosed:;", false)]
    [InlineData("From: alice", false)]
    [InlineData("From:", false)]
    [InlineData("Subject: no From", false)]
    public void The_From_field_of_a_user_is_the_users(string field, bool passes)
    {
        var policy = new HeaderPolicy { FromOwnership = Owners };
        Assert.Equal(passes, policy.Accepts(Read(field + "\r\n\r\nbody"), Alice, out SmtpReply refusal));
        if (!passes) Assert.Equal((550, new EnhancedStatusCode(5, 7, 1)), (refusal.Code, refusal.Enhanced));
    }

    [Fact]
    public void The_From_field_of_others_is_not_checked_nor_is_it_without_a_map()
    {
        HeaderReader header = Read("From: bob@example.com\r\n\r\n");
        Assert.True(new HeaderPolicy { FromOwnership = Owners }.Accepts(header, AuthIdentity.Anonymous, out _));
        Assert.True(new HeaderPolicy().Accepts(header, Alice, out _));
    }

    [Fact]
    public void A_header_that_is_too_large_is_refused_and_not_kept()
    {
        var reader = new HeaderReader(maxOctets: 100);
        reader.Write(Encoding.ASCII.GetBytes("Subject: " + new string('x', 100)));
        reader.Write("\r\n\r\n"u8);
        Assert.True(reader.IsTooLarge);
        Assert.False(new HeaderPolicy().Accepts(reader, Alice, out SmtpReply refusal));
        Assert.Equal("552 5.3.4 The header is larger than this server takes", refusal.ToString());
    }

    [Fact]
    public void The_header_is_the_same_in_whatever_pieces_it_comes()
    {
        byte[] content = "Subject: x\r\nReceived: a\r\n b\r\n\r\nReceived: body\r\n"u8.ToArray();
        for (int piece = 1; piece <= content.Length; piece++)
        {
            var reader = new HeaderReader();
            for (int i = 0; i < content.Length; i += piece) reader.Write(content.AsSpan(i, Math.Min(piece, content.Length - i)));
            Assert.True(reader.IsComplete);
            Assert.Equal(["Subject", "Received"], reader.Parse().Select(field => field.Field));
        }
    }

    [Theory]
    [InlineData("\r\nbody")]
    [InlineData("")]
    [InlineData("\0\0\0")]
    [InlineData("no colon\r\n\r\n")]
    [InlineData(": : :\r\n\r\n")]
    public void An_odd_header_is_no_exception(string content) => new HeaderPolicy { FromOwnership = Owners }.Accepts(Read(content), Alice, out _);

    [Theory]
    [InlineData("From: alice@example.com\r\njunk\r\nFrom: bob@example.com")]
    [InlineData("From: alice@example.com\r\njunk without colon\r\nFrom: bob@example.com")]
    [InlineData("From: alice@example.com\r\n: x\r\nFrom: bob@example.com")]
    [InlineData("From: alice@example.com\r\nFrom  bob@example.com\r\nFrom: bob@example.com")]
    [InlineData("From: alice@example.com\r\nX\0Y: z\r\nFrom: bob@example.com")]
    [InlineData("From: alice@example.com\r\n \r\nFrom: bob@example.com")]
    [InlineData("From: alice@example.com\r\n\t\r\nFrom: bob@example.com")]
    [InlineData("From: alice@example.com\r\nX: y\r\n\r\r\nFrom: bob@example.com")]
    [InlineData("junk\r\nFrom: alice@example.com\r\nFrom: bob@example.com")]
    public void A_line_that_is_no_field_hides_no_field_behind_it(string header)
    {
        Assert.False(new HeaderPolicy { FromOwnership = Owners }.Accepts(Read(header + "\r\n\r\nbody"), Alice, out SmtpReply refusal));
        Assert.Equal(550, refusal.Code);
        string hops = string.Concat(Enumerable.Repeat("Received: x\r\n", 10));
        Assert.False(new HeaderPolicy().Accepts(Read(hops + "junk\r\n" + hops + "\r\n"), AuthIdentity.Anonymous, out _));
    }

    private static HeaderReader Read(string content)
    {
        var reader = new HeaderReader();
        reader.Write(Segments.Of(Encoding.UTF8.GetBytes(content), 7));
        return reader;
    }
}
