namespace RelayPolicy.Iis;

/// <summary>Which clients a list of IIS SMTP lets pass.</summary>
public enum IisListMode
{
    /// <summary>"Only the list below."</summary>
    OnlyTheList = 0,

    /// <summary>"All except the list below."</summary>
    AllExceptTheList,
}
