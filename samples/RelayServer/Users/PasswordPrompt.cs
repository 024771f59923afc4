using System.Text;
using RelayPolicy.Smtp.Sasl;

namespace RelayPolicy.Samples.RelayServer.Users;

/// <summary><c>--hash-password</c>: a password comes in, and what to store of it goes out.</summary>
internal static class PasswordPrompt
{
    // RFC 7677 §4 asks for 4,096 at least. More makes a stolen file harder to use, and each PLAIN and LOGIN dearer.
    private const int Iterations = 15_000;

    public static int Run()
    {
        string password = Console.IsInputRedirected ? Console.In.ReadLine() ?? "" : Ask();
        if (password.Length == 0)
        {
            Terminal.Complain("there is no password; write one on standard input, on one line");
            return 1;
        }

        Console.Out.WriteLine(ScramVerifier.Create(password, Iterations));
        return 0;
    }

    private static string Ask()
    {
        Console.Error.Write("Password: ");
        var password = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace) password.Length = Math.Max(0, password.Length - 1);
            else if (!char.IsControl(key.KeyChar)) password.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return password.ToString();
    }
}
