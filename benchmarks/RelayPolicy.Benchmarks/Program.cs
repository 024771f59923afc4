using RelayPolicy.Benchmarks;

return args is ["table", ..] ? Print(args) : 1;

static int Print(string[] args)
{
    foreach (Prefix prefix in RoutingTable.Full(Enum.Parse<IPFamily>(args[1]))) Console.WriteLine(prefix);
    return 0;
}
