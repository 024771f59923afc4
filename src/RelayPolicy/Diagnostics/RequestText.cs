namespace RelayPolicy;

/// <summary>A request as it is shown in a log: every part escaped, so that no client can forge a line.</summary>
internal readonly struct RequestText
{
    private const string NotKnownYet = "-";

    public RequestText(in RelayRequest request, RelayStage through)
    {
        Client = request.Client.Address?.ToString() ?? "unknown";
        User = through < RelayStage.Sender || !request.Identity.IsAuthenticated ? NotKnownYet : Printable.Escape(request.Identity.User);
        Sender = through < RelayStage.Sender ? NotKnownYet : Printable.Escape(request.Sender.ToString());
        Recipient = through < RelayStage.Recipient ? NotKnownYet : Printable.Escape(request.Recipient.ToString());
    }

    public string Client { get; }

    public string User { get; }

    public string Sender { get; }

    public string Recipient { get; }
}
