namespace RelayPolicy.Tests;

public sealed class AuthIdentityTests
{
    [Fact]
    public void A_user_is_kept_as_given()
    {
        var identity = new AuthIdentity("Alice", "PLAIN", ["staff", "mail"]);
        Assert.True(identity.IsAuthenticated);
        Assert.Equal(("Alice", "PLAIN", "Alice"), (identity.User, identity.Mechanism, identity.ToString()));
        Assert.Equal(["staff", "mail"], identity.Groups);
    }

    [Fact]
    public void A_user_without_mechanism_and_groups_is_authenticated()
    {
        var identity = new AuthIdentity("alice");
        Assert.True(identity.IsAuthenticated);
        Assert.Null(identity.Mechanism);
        Assert.Empty(identity.Groups);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\t\r\n")]
    [InlineData("\u00A0")]
    [InlineData("\u2003\u3000")]
    public void A_blank_user_is_nobody(string? user) => AssertNobody(new AuthIdentity(user, "PLAIN", ["staff"]));

    [Theory]
    [InlineData("ANONYMOUS")]
    [InlineData("anonymous")]
    [InlineData("Anonymous")]
    [InlineData(" ANONYMOUS ")]
    public void The_mechanism_ANONYMOUS_is_nobody(string mechanism) => AssertNobody(new AuthIdentity("alice", mechanism, ["staff"]));

    [Fact]
    public void Anonymous_is_nobody() => AssertNobody(AuthIdentity.Anonymous);

    [Fact]
    public void Blank_groups_are_left_out() =>
        Assert.Equal(["staff"], new AuthIdentity("alice", null, ["", "staff", " ", null!]).Groups);

    [Fact]
    public void Groups_are_copied()
    {
        var groups = new List<string> { "staff" };
        var identity = new AuthIdentity("alice", null, groups);
        groups.Add("admins");
        Assert.Equal(["staff"], identity.Groups);
    }

    private static void AssertNobody(AuthIdentity identity)
    {
        Assert.False(identity.IsAuthenticated);
        Assert.Equal(("", "(anonymous)"), (identity.User, identity.ToString()));
        Assert.Null(identity.Mechanism);
        Assert.Empty(identity.Groups);
    }
}
