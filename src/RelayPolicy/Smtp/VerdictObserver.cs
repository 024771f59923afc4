namespace RelayPolicy.Smtp;

/// <summary>Told of a verdict.</summary>
/// <param name="request">What was asked.</param>
/// <param name="verdict">The answer; it holds the fault if there was one.</param>
public delegate void VerdictObserver(in RelayRequest request, in RelayVerdict verdict);
