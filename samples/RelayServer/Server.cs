using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using RelayPolicy.Samples.RelayServer.Delivery;
using RelayPolicy.Samples.RelayServer.Listening;
using RelayPolicy.Samples.RelayServer.Names;
using RelayPolicy.Samples.RelayServer.Settings;
using RelayPolicy.Samples.RelayServer.Users;

namespace RelayPolicy.Samples.RelayServer;

/// <summary>Puts the server together: a host with a relay policy, and Kestrel with a connection handler for each listener.</summary>
internal static class Server
{
    /// <summary>What a client may send ahead. The replies to it are written before it is read from again.</summary>
    private const int MaxReadAhead = 64 * 1024;

    /// <exception cref="OptionsValidationException">The settings or the policy are wrong; it holds every error.</exception>
    /// <exception cref="InvalidDataException">The settings are no JSON.</exception>
    public static WebApplication Build(CommandLine commandLine)
    {
        string config = Path.GetFullPath(commandLine.ConfigPath ?? Path.Combine(AppContext.BaseDirectory, "demo.json"));
        string folder = Path.GetDirectoryName(config)!;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = folder, ApplicationName = "RelayServer" });
        AddConfiguration(builder, config, commandLine);
        AddLogging(builder.Logging, builder.Configuration);
        ServerSettings settings = ServerSettings.Read(builder.Configuration, commandLine.Change);
        builder.Services.AddSystemd();
        builder.Services.AddWindowsService(service => service.ServiceName = "RelayServer");
        builder.Services.AddRelayPolicy(builder.Configuration.GetSection("RelayPolicy"));
        AddServices(builder.Services, settings, commandLine, folder);
        if (ServerSettingsValidator.ValidateStart(settings).ToArray() is { Length: > 0 } errors) throw new OptionsValidationException(ServerSettings.Section, typeof(ServerSettings), errors);
        SmtpListener[] listeners = [.. settings.Listeners.Select(entry => new SmtpListener(entry, settings))];
        ListenProbe.Check(listeners);
        AddKestrel(builder, listeners);
        return builder.Build();
    }

    private static void AddConfiguration(WebApplicationBuilder builder, string config, CommandLine commandLine)
    {
        if (!File.Exists(config)) throw new FileNotFoundException($"{config} is not there; name the settings with --config");
        var file = new SettingsFile { Path = config, ReloadOnChange = true };
        file.ResolveFileProvider();
        builder.Configuration.Sources.Add(file);
        builder.Configuration.AddEnvironmentVariables("RELAYSERVER_");
        if (commandLine.ConfigPath is null) builder.Configuration.AddInMemoryCollection(DemoUser.Settings());
        if (commandLine.PolicyPath is { } policy) builder.Configuration.AddInMemoryCollection([new("RelayPolicy:PolicyFile", Path.GetFullPath(policy))]);
    }

    // The log goes to standard error; standard output tells where the server listens.
    private static void AddLogging(ILoggingBuilder logging, ConfigurationManager configuration)
    {
        logging.AddSimpleConsole(format => (format.SingleLine, format.TimestampFormat) = (true, "HH:mm:ss "));
        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None); // why it does not start is said without a stack trace
        logging.AddConfiguration(configuration.GetSection("Logging"));
    }

    private static void AddServices(IServiceCollection services, ServerSettings settings, CommandLine commandLine, string folder)
    {
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new DataFolder(Path.GetFullPath(settings.DataFolder, folder)));
        services.AddSingleton<Maildir>();
        services.AddSingleton<Spool>();
        services.AddSingleton(provider => new MessageDelivery(
            provider.GetRequiredService<Maildir>(),
            provider.GetRequiredService<Spool>(),
            settings.SmartHost is null ? null : new SmartHost(settings.SmartHost, settings.HostName, provider.GetRequiredService<ILogger<SmartHost>>()),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new UserDirectory(
            settings, provider.GetRequiredService<IConfiguration>(), commandLine.Change, provider.GetRequiredService<DataFolder>().Secret(), provider.GetRequiredService<ILogger<UserDirectory>>()));
        services.AddSingleton(provider => new HostNameResolver(settings.Dns, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SmtpServices>(
            provider, settings.Certificate is null ? [] : new object[] { ServerCertificate.Load(settings.Certificate, folder, settings.HostName) }));
        services.AddSingleton<SmtpConnectionHandler>();
        services.AddSingleton(new BoundListeners());
    }

    private static void AddKestrel(WebApplicationBuilder builder, SmtpListener[] listeners)
    {
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseSockets(sockets => sockets.MaxReadBufferSize = MaxReadAhead);
        builder.Services.AddSingleton<IConnectionListenerFactory, PacedListenerFactory>(); // the last one that is added is taken
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            SmtpConnectionHandler handler = kestrel.ApplicationServices.GetRequiredService<SmtpConnectionHandler>();
            BoundListeners bound = kestrel.ApplicationServices.GetRequiredService<BoundListeners>();
            foreach (SmtpListener listener in listeners)
            {
                kestrel.Listen(listener.EndPoint, endPoint =>
                {
                    endPoint.Run(connection => handler.RunAsync(listener, connection));
                    bound.Add(listener, endPoint);
                });
            }
        });
    }
}
