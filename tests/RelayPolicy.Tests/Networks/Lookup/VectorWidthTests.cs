using System.Globalization;
using System.Runtime.Intrinsics;

namespace RelayPolicy.Tests;

/// <summary>Asked only by runs that switch hardware intrinsics off, so that such a run tests what it says.</summary>
public class VectorWidthTests
{
    [Fact(Explicit = true)]
    public void The_vectors_are_as_wide_as_RELAYPOLICY_VECTOR_BITS_says() => Assert.Equal(
        Environment.GetEnvironmentVariable("RELAYPOLICY_VECTOR_BITS"),
        Widest().ToString(CultureInfo.InvariantCulture));

    private static int Widest() =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
}
