using RelayPolicy.Iis;

namespace RelayPolicy.Migration;

/// <summary>What came of reading a binary list: the list, or the reason why it is refused.</summary>
/// <param name="List">The list, or null when it cannot be understood.</param>
/// <param name="Problem">Why it is refused, as a clause without a full stop; empty when there is a list.</param>
/// <param name="Remarks">What was inferred or mended, in the order in which it was found.</param>
public sealed record IpSecurityReading(IisAccessList? List, string Problem, IReadOnlyList<IpSecurityRemark> Remarks)
{
    internal static IpSecurityReading Refused(string problem) => new(null, problem, []);
}
