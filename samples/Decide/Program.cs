using RelayPolicy;
using RelayPolicy.Configuration;
using RelayPolicy.Samples;
using RelayPolicy.Samples.Decide;

const int Success = 0, Failure = 1, SomeLinesAreNoRequests = 2;

try
{
    if (!CommandLine.TryParse(args, out CommandLine? commandLine, out string problem))
    {
        Terminal.Complain($"{problem}; --help shows the usage");
        return Failure;
    }

    if (commandLine.WantsHelp)
    {
        Console.Out.Write(CommandLine.Usage);
        return Success;
    }

    PolicyFile file = PolicyFile.Load(commandLine.PolicyPath);
    RelayRuleSet policy = file.RuleSet;
    foreach (PolicyDiagnostic warning in file.Warnings) Terminal.Complain($"warning: {warning}");

    using Stream input = commandLine.OpenRequests();
    var requests = new RequestSource(input);
    switch (commandLine.Mode)
    {
        case Mode.Table:
            VerdictTable.Print(policy, requests.Read());
            break;
        case Mode.JsonLines:
            using (var writer = new VerdictWriter(StandardOutput.Open()))
            {
                // Whoever waits for an answer before asking again must not wait forever.
                foreach (RequestLine request in requests.Read(beforeWaiting: writer.Flush)) writer.Write(request.Decide(policy));
            }

            break;
        case Mode.Explanation when requests.Read().FirstOrDefault(request => request.Number == commandLine.Explain) is { } request:
            Console.Out.Write(RequestText.Explain(policy, request));
            break;
        case Mode.Explanation:
            Terminal.Complain($"there is no request on line {commandLine.Explain}; count the lines of the requests from 1");
            return Failure;
    }

    return requests.HasBadLines ? SomeLinesAreNoRequests : Success;
}
catch (PolicyException exception)
{
    foreach (PolicyDiagnostic error in exception.Errors) Terminal.Complain(error.ToString());
    return Failure;
}
catch (IOException exception) when (StandardOutput.IsBrokenPipe(exception))
{
    return Success;
}
catch (Exception exception)
{
    // Mostly a file that cannot be read. Whatever it is, nobody but a debugger is helped by a stack trace.
    Terminal.Complain(exception.Message);
    return Failure;
}
