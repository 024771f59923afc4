namespace RelayPolicy.Benchmarks;

/// <summary>Draws the results on disk.</summary>
internal static class PlotCommand
{
    public static void Run()
    {
        foreach (Picture picture in Picture.All)
        {
            string path = Path.Combine(Places.Pictures, picture.FileName);
            picture.Save(path);
            Console.WriteLine($"Written to {Places.Show(path)}");
        }
    }
}
