using System.Globalization;

namespace RelayPolicy;

/// <summary>Date and time with an offset from UTC as text (RFC 3339), such as <c>2026-11-24T00:00:00Z</c>.</summary>
internal static class InstantText
{
    private const string Utc = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";
    private const string WithOffset = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz";

    private static readonly string[] Formats = [Utc, WithOffset];

    public static bool TryParse(string text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);

    public static string Print(DateTimeOffset instant) =>
        instant.ToString(instant.Offset == TimeSpan.Zero ? Utc : WithOffset, CultureInfo.InvariantCulture);
}
