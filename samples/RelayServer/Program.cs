using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using RelayPolicy.Samples;
using RelayPolicy.Samples.RelayServer;
using RelayPolicy.Samples.RelayServer.Users;

const int Success = 0, Failure = 1;

try
{
    if (!CommandLine.TryParse(args, out CommandLine? commandLine, out string problem))
    {
        Terminal.Complain($"{problem}; --help shows the usage");
        return Failure;
    }

    switch (commandLine.Mode)
    {
        case CommandLineMode.Help:
            Console.Out.Write(CommandLine.Usage);
            return Success;
        case CommandLineMode.HashPassword:
            return PasswordPrompt.Run();
    }

    await using WebApplication server = Server.Build(commandLine);
    await server.StartAsync();
    Announcement.Print(server.Services, commandLine is { ConfigPath: null, PolicyPath: null });
    await server.WaitForShutdownAsync();
    return Success;
}
catch (OptionsValidationException exception)
{
    foreach (string error in exception.Failures) Terminal.Complain(error);
    return Failure;
}
catch (Exception exception) when (exception is IOException or InvalidDataException or InvalidOperationException or CryptographicException or UnauthorizedAccessException)
{
    // Mostly a file that cannot be read: nobody but a debugger is helped by a stack trace.
    Terminal.Complain(exception is InvalidDataException { InnerException: { } cause } ? cause.Message : exception.Message);
    return Failure;
}
