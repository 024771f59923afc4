namespace RelayPolicy.Migration;

/// <summary>A stored setting as it was found, not yet understood.</summary>
/// <param name="Name">Its name in the metabase schema, or <c>#</c> and its number when the name is not known.</param>
/// <param name="Location">The key at which it stands, which is a parent of the server or domain when it is inherited.</param>
/// <param name="Value">Its value as text.</param>
public sealed record IisSetting(string Name, string Location, string Value)
{
    /// <summary>Why the value cannot be relied on, as a clause without a full stop, or null: for example because it is there twice.</summary>
    public string? Problem { get; init; }

    /// <summary>The list of clients that the value is, if it was exported as text; else null, and the value is the list in binary.</summary>
    public IpSecurityReading? Exported { get; init; }

    /// <summary>Key and name, as in <c>/LM/SmtpSvc/1 RelayIpList</c>.</summary>
    public string Place => $"{Printable.Escape(Location)} {Printable.Escape(Name)}";
}
