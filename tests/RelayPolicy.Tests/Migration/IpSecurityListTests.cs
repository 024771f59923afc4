using RelayPolicy.Iis;
using RelayPolicy.Migration;

namespace RelayPolicy.Tests;

public sealed class IpSecurityListTests
{
    private const string Seen = "Only the list below: 127.0.0.1";

    [Theory]
    [InlineData(Blobs.OnlyLoopback, Seen)]
    [InlineData(Blobs.OnlyTwo, "Only the list below: 127.0.0.1, 192.0.2.7")]
    [InlineData(Blobs.AllExceptGroup, "All except the list below: 192.0.2.0/24")]
    public void A_stored_list_is_read(string hex, string list) => Assert.Equal(list, IpSecurityList.Parse(hex).List!.ToString());

    [Theory]
    [InlineData(Blobs.OnlyLoopback)]
    [InlineData(Blobs.OnlyTwo)]
    public void A_list_like_those_that_were_seen_needs_no_remark(string hex) => Assert.Empty(IpSecurityList.Parse(hex).Remarks);

    [Fact]
    public void No_bytes_at_all_let_everybody_pass() => Assert.Equal(new IisAccessList(IisListMode.AllExceptTheList), IpSecurityList.Decode([]).List);

    [Fact]
    public void A_deny_group_is_inferred_to_mean_all_except() =>
        Assert.Contains(IpSecurityList.Parse(Blobs.AllExceptGroup).Remarks, remark => remark is { Certainty: IisCertainty.Inferred } && remark.Text.Contains("deny group"));

    [Fact]
    public void The_address_0_0_0_0_stands_for_nobody()
    {
        IpSecurityReading reading = IpSecurityList.Parse(Blobs.OnlyLoopback.Replace("7f000001", "00000000", StringComparison.Ordinal));

        Assert.Equal(new IisAccessList(IisListMode.OnlyTheList), reading.List);
        Assert.Equal(IisCertainty.Seen, Assert.Single(reading.Remarks).Certainty);
    }

    [Fact]
    public void A_grant_group_without_an_address_lets_nobody_pass()
    {
        byte[] bytes = Blobs.With(Blobs.OnlyLoopback, 36, 0)[..^4];
        bytes[44] = 1;
        Assert.Equal(new IisAccessList(IisListMode.OnlyTheList), IpSecurityList.Decode(bytes).List);
    }

    [Fact]
    public void Counts_beyond_the_end_are_not_followed_and_what_is_there_is_taken()
    {
        // A script in the wild raises both counts by two and appends one address.
        byte[] bytes = [.. Blobs.With(Blobs.OnlyLoopback, 36, 3), 192, 0, 2, 7];
        bytes[44] = 4;
        IpSecurityReading reading = IpSecurityList.Decode(bytes);

        Assert.Equal("Only the list below: 127.0.0.1, 192.0.2.7", reading.List!.ToString());
        Assert.Contains("the value ends after 2", Assert.Single(reading.Remarks).Text);
    }

    [Fact]
    public void An_address_behind_the_list_does_not_count_and_is_remarked()
    {
        IpSecurityReading reading = IpSecurityList.Decode([.. Blobs.Bytes(Blobs.OnlyLoopback), 192, 0, 2, 7]);

        Assert.Equal(Seen, reading.List!.ToString());
        Assert.Contains("belong to no part", Assert.Single(reading.Remarks).Text);
    }

    [Fact]
    public void Host_bits_are_masked_and_remarked()
    {
        IpSecurityReading reading = IpSecurityList.Parse(Blobs.OnlyLoopback.Replace("ffffffff7f000001", "ffffff00c000024d", StringComparison.Ordinal));

        Assert.Equal("Only the list below: 192.0.2.0/24", reading.List!.ToString());
        Assert.Equal("192.0.2.77 with the mask 255.255.255.0 has host bits set; 192.0.2.0/24 is taken", Assert.Single(reading.Remarks).Text);
    }

    [Fact]
    public void One_group_for_each_mask_is_read_and_remarked()
    {
        var list = new IisAccessList(IisListMode.OnlyTheList, IisListEntry.Computer("192.0.2.7"), IisListEntry.Group("198.51.100.0/24"));
        IpSecurityReading reading = IpSecurityList.Decode(IpSecurityList.Encode(list));

        Assert.Equal(list, reading.List);
        Assert.Contains("several groups", Assert.Single(reading.Remarks).Text);
    }

    [Fact]
    public void Another_number_at_offset_20_changes_nothing_and_is_remarked()
    {
        IpSecurityReading reading = IpSecurityList.Decode(Blobs.With(Blobs.OnlyLoopback, 20, 77));

        Assert.Equal(Seen, reading.List!.ToString());
        Assert.Contains("offset 20", Assert.Single(reading.Remarks).Text);
    }

    public static TheoryData<string, int, uint, string> Refusals => new()
    {
        { Blobs.OnlyLoopback, 0, 0x18, "there is no pointer to the deny address list" },
        { Blobs.OnlyLoopback, 0, 0x80000017, "the pointer to the deny address list leads out of the value" },
        { Blobs.OnlyLoopback, 0, 0xffffffff, "the pointer to the deny address list leads out of the value" },
        { Blobs.OnlyLoopback, 4, 0x80000018, "the grant address list does not stand behind the deny address list" },
        { Blobs.OnlyLoopback, 4, 0x8000001c, "the grant address list overlaps another part or runs past the end" },
        { Blobs.OnlyLoopback, 12, 0x80000053, "the grant name list overlaps another part or runs past the end" },
        { Blobs.OnlyLoopback, 16, 0, "the number at offset 16 is not 1" },
        { Blobs.OnlyLoopback, 24, 1, "a group of the deny address list is of the address family 1;" },
        { Blobs.OnlyLoopback, 24, 3, "the deny address list says that it has 3 groups, for which there is no room" },
        { Blobs.OnlyLoopback, 28, 1, "the deny address list says that it has 1 addresses, but its groups have 0" },
        { Blobs.OnlyLoopback, 32, 0, "the grant address list says that it has 1 addresses, but its groups have 0" },
        { Blobs.OnlyLoopback, 32, 0xffffffff, "4294967295 groups, for which there is no room" },
        { Blobs.OnlyLoopback, 36, 0xffffffff, "4294967295 addresses, but its groups have 1" },
        { Blobs.OnlyLoopback, 40, 23, "the address family 23; only IPv4, which is 2, is known" },
        { Blobs.OnlyLoopback, 44, 0, "has no mask" },
        { Blobs.OnlyLoopback, 44, 0xffffffff, "its groups have 4294967294" },
        { Blobs.OnlyLoopback, 48, 16, "laid out in a way that is not known" },
        { Blobs.OnlyLoopback, 52, 1, "laid out in a way that is not known" },
        { Blobs.OnlyLoopback, 56, 0x80000020, "the items of the grant address list overlap another part or run past the end" },
        { Blobs.OnlyLoopback, 56, 0x80000050, "there are bytes between the parts" },
        { Blobs.OnlyLoopback, 56, 0x8000004e, "there are bytes between the parts" },
        { Blobs.OnlyLoopback, 60, 1, "the deny name list is not empty" },
        { Blobs.OnlyLoopback, 72, 1, "the grant name list is not empty" },
        { Blobs.OnlyLoopback, 76, 0x00ff00ff, "the mask 255.0.255.0 is not contiguous" },
        { Blobs.OnlyLoopback, 76, 0, "cover" },
        { Blobs.AllExceptGroup, 28, 2, "but its groups have 1" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_no_stored_list_shows_is_refused_with_its_reason(string hex, int offset, uint number, string problem)
    {
        IpSecurityReading reading = IpSecurityList.Decode(Blobs.With(hex, offset, number));

        Assert.Null(reading.List);
        Assert.Contains(problem, reading.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Deny_and_grant_groups_at_once_are_refused() => AssertRefused(
        "18000080340000805000008058000080010000006000000001000000010000000200000002000000040000000000000060000080"
        + "0100000001000000020000000200000004000000000000006800008000000000000000000000000000000000ffffffffc0000207ffffffffc0000208",
        "both the deny list and the grant list hold groups");

    [Fact]
    public void A_list_without_any_group_is_refused() =>
        AssertRefused("1800008020000080280000803000008001000000380000000000000000000000000000000000000000000000000000000000000000000000", "neither the deny list nor the grant list holds a group");

    [Fact]
    public void A_list_of_exceptions_that_is_cut_off_is_refused()
    {
        byte[] bytes = Blobs.With(Blobs.AllExceptGroup, 28, 2);
        bytes[36] = 3;
        Assert.Contains("do not fit together", IpSecurityList.Decode(bytes).Problem);
    }

    [Theory]
    [InlineData("0102000000000000", "begins with 0102")]
    [InlineData("180000802000008", "neither hexadecimal, nor")]
    [InlineData("18000080", "shorter than its header of 24 bytes")]
    [InlineData(" ", "neither hexadecimal, nor")]
    [InlineData("24,0,0,256", "neither hexadecimal, nor")]
    [InlineData("yes", "neither hexadecimal, nor")]
    public void A_value_that_is_no_list_is_refused(string text, string problem) => AssertRefused(text, problem);

    [Fact]
    public void A_value_that_is_too_long_is_refused() => Assert.Contains("longer than 1048576 bytes", IpSecurityList.Decode(new byte[IpSecurityList.MaxLength + 1]).Problem);

    [Fact]
    public void A_list_is_read_from_hexadecimal_text_in_any_case_and_over_several_lines() =>
        Assert.Equal(Seen, IpSecurityList.Parse(Blobs.OnlyLoopback.ToUpperInvariant().Insert(40, "\r\n\t\t")).List!.ToString());

    [Theory]
    [InlineData(",")]
    [InlineData(", ")]
    [InlineData(" ")]
    [InlineData(",\r\n")]
    public void A_list_is_read_from_decimal_bytes(string separator) =>
        Assert.Equal(Seen, IpSecurityList.Parse(string.Join(separator, Blobs.Bytes(Blobs.OnlyLoopback))).List!.ToString());

    [Fact]
    public void A_list_is_read_from_base64() => Assert.Equal(Seen, IpSecurityList.Parse(Convert.ToBase64String(Blobs.Bytes(Blobs.OnlyLoopback))).List!.ToString());

    [Fact]
    public void A_list_is_written_as_real_servers_store_it() =>
        Assert.Equal(Blobs.OnlyTwo, Hex(new IisAccessList(IisListMode.OnlyTheList, IisListEntry.Computer("127.0.0.1"), IisListEntry.Computer("192.0.2.7"))));

    [Fact]
    public void Nobody_is_written_as_the_address_0_0_0_0() =>
        Assert.EndsWith("ffffffff00000000", Hex(new IisAccessList(IisListMode.OnlyTheList)));

    [Theory]
    [InlineData(IisEntryKind.Domain, "example.com")]
    [InlineData(IisEntryKind.Computer, "2001:db8::7")]
    public void What_has_no_known_layout_cannot_be_written(IisEntryKind kind, string text)
    {
        Assert.True(IisListEntry.TryCreate(kind, text, out IisListEntry? entry, out _));
        Assert.Throws<ArgumentException>(() => IpSecurityList.Encode(new IisAccessList(IisListMode.OnlyTheList, entry!)));
    }

    private static string Hex(IisAccessList list) => Convert.ToHexString(IpSecurityList.Encode(list)).ToLowerInvariant();

    private static void AssertRefused(string text, string problem)
    {
        IpSecurityReading reading = IpSecurityList.Parse(text);
        Assert.Null(reading.List);
        Assert.Contains(problem, reading.Problem, StringComparison.Ordinal);
    }
}
