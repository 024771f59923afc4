namespace RelayPolicy.Migration;

/// <summary>A domain of an SMTP virtual server: local, alias or remote, as its <c>RouteAction</c> says.</summary>
/// <param name="Name">Its name, which may be <c>*.example.com</c>.</param>
/// <param name="Location">Its key in the metabase.</param>
/// <param name="Settings">The settings that hold for it.</param>
public sealed record IisDomain(string Name, string Location, IReadOnlyList<IisSetting> Settings);
