namespace RelayPolicy.Benchmarks;

/// <summary>Random ranks by Zipf's law: rank r (from 1) comes in proportion to r to the power of minus the exponent.</summary>
internal sealed class Zipf
{
    private readonly double[] _cumulative;

    /// <param name="count">How many ranks there are.</param>
    /// <param name="exponent">0 makes all equally likely, 1 is the classic law.</param>
    public Zipf(int count, double exponent)
    {
        _cumulative = new double[count];
        double sum = 0;
        for (int rank = 0; rank < count; rank++) _cumulative[rank] = sum += Math.Pow(rank + 1, -exponent);
    }

    /// <summary>A random rank, counted from 0.</summary>
    public int Next(Random random)
    {
        int at = Array.BinarySearch(_cumulative, random.NextDouble() * _cumulative[^1]);
        return Math.Min(at < 0 ? ~at : at, _cumulative.Length - 1);
    }
}
