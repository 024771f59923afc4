using MimeKit;

namespace RelayPolicy.Tests;

/// <summary>The way between a path and MimeKit's type for message headers.</summary>
public sealed class MailboxAddressTests
{
    [Theory]
    [InlineData("r@local.example", "<r@local.example>")]
    [InlineData("R@LOCAL.example", "<R@local.example>")]
    [InlineData("\"a b\"@local.example", "<\"a b\"@local.example>")]
    [InlineData("r@[192.0.2.1]", "<r@[192.0.2.1]>")]
    [InlineData("r@[IPv6:2001:db8::1]", "<r@[IPv6:2001:db8::1]>")]
    [InlineData("r@m\u00FCnchen.example", "<r@xn--mnchen-3ya.example>")]
    [InlineData("r@xn--mnchen-3ya.example", "<r@xn--mnchen-3ya.example>")]
    [InlineData("r@stra\u00DFe.example", "<r@xn--strae-oqa.example>")]
    [InlineData("j\u00F8ran@local.example", "<j\u00F8ran@local.example>")]
    public void A_header_mailbox_is_read_by_the_strict_grammar(string address, string path) =>
        Assert.Equal(path, SmtpPath.FromMailboxAddress(new MailboxAddress(null, address)).ToString());

    [Theory]
    [InlineData("Someone <r@xn--strae-oqa.example>", "<r@xn--strae-oqa.example>")]
    [InlineData("r@stra\u00DFe.example", "<r@xn--strae-oqa.example>")]
    [InlineData("\"r@ext.example\"@local.example", "<\"r@ext.example\"@local.example>")]
    [InlineData("\"r@local.example\" <x@ext.example>", "<x@ext.example>")]
    public void A_mailbox_that_was_read_from_a_header_keeps_its_domain(string header, string path) =>
        Assert.Equal(path, SmtpPath.FromMailboxAddress(MailboxAddress.Parse(header)).ToString());

    [Fact]
    public void A_display_name_and_a_route_are_dropped()
    {
        SmtpPath path = SmtpPath.FromMailboxAddress(new MailboxAddress("Ext <x@ext.example>", ["a.example"], "r@local.example"));
        Assert.Equal("<r@local.example>", path.ToString());
        Assert.False(path.HasSourceRoute);
    }

    [Theory]
    [InlineData("r")]
    [InlineData("")]
    [InlineData("postmaster")]
    [InlineData("\"\"@local.example")]
    [InlineData("r@local_x.example")]
    [InlineData("r@[::1]")]
    [InlineData("r@[IPv6:::ffff:127.0.0.1]")]
    public void A_header_mailbox_that_is_no_mailbox_of_SMTP_is_refused(string address) =>
        Assert.Throws<AddressFormatException>(() => SmtpPath.FromMailboxAddress(new MailboxAddress(null, address)));

    [Theory]
    [InlineData("r@\u212Aiosk.example")]
    [InlineData("r@\uFF4Cocal.example")]
    [InlineData("r@\uFB01sh.example")]
    [InlineData("r@local\uFF0Eexample")]
    [InlineData("r\uFF20local.example")]
    [InlineData("r@mu\u0308nchen.example")]
    public void A_look_alike_in_a_header_is_refused_and_not_mapped(string address) =>
        Assert.ThrowsAny<FormatException>(() => SmtpPath.FromMailboxAddress(new MailboxAddress(null, address)));

    [Fact]
    public void Null_is_an_argument_error() => Assert.Throws<ArgumentNullException>(() => SmtpPath.FromMailboxAddress(null!));

    [Fact]
    public void A_mailbox_becomes_a_header_mailbox_without_a_name()
    {
        MailboxAddress address = SmtpPath.ParseForwardPath("<@a.example:\"a b\"@C.example>").ToMailboxAddress();
        Assert.Equal("\"a b\"@c.example", address.Address);
        Assert.Null(address.Name);
        Assert.Empty(address.Route);
    }

    [Fact]
    public void What_is_no_mailbox_has_no_form_in_a_header()
    {
        Assert.Throws<InvalidOperationException>(() => SmtpPath.Null.ToMailboxAddress());
        Assert.Throws<InvalidOperationException>(() => default(SmtpPath).ToMailboxAddress());
        Assert.Throws<InvalidOperationException>(() => SmtpPath.ParseForwardPath("<postmaster>").ToMailboxAddress());
    }

    [Fact]
    public void Every_mailbox_comes_back_from_a_header() => Generators.Mailbox.Sample(
        path =>
        {
            SmtpPath again = SmtpPath.FromMailboxAddress(path.ToMailboxAddress());
            Assert.Equal(path, again);
            Assert.Equal(path.LocalPart, again.LocalPart);
        },
        iter: 20_000);
}
