namespace RelayPolicy.Samples.Decide;

/// <summary>One request as it was asked.</summary>
/// <param name="Number">The number of its line, from 1.</param>
/// <param name="Request">The request; of a path that cannot be read, it holds <c>default</c>.</param>
/// <param name="From">What stood behind <c>MAIL FROM:</c>.</param>
/// <param name="To">What stood behind <c>RCPT TO:</c>.</param>
/// <param name="At">The instant as it was written, or null: then it is the present one.</param>
/// <param name="Refusal">How a server refuses a path that cannot be read, or null: then the policy has the word.</param>
internal sealed record RequestLine(long Number, RelayRequest Request, string From, string To, string? At, RelayVerdict? Refusal)
{
    public RelayVerdict Decide(IRelayDecision policy) => Refusal ?? policy.Evaluate(Request);
}
