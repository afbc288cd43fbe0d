using System.Reflection;

namespace Grid.Tests.Runtime.Surface;

public sealed class SurfaceTests
{
    [Fact]
    public void The_public_surface_is_the_committed_one()
    {
        var committed = Committed();
        var actual = PublicSurface.Lines(typeof(Orleans.Grain).Assembly).ToList();

        Assert.True(
            committed.SequenceEqual(actual),
            "runtime/OrleansSurface.txt and the runtime's Orleans namespaces differ. Check each new member against dotnet/orleans before you write it down.\n"
            + $"only in the file:\n{string.Join('\n', committed.Except(actual))}\nonly in the runtime:\n{string.Join('\n', actual.Except(committed))}\n"
            + $"the whole surface is now in {Write(actual)}");
    }

    private static List<string> Committed()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("OrleansSurface.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && !line.StartsWith('#'))];
    }

    private static string Write(IEnumerable<string> lines)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "OrleansSurface.actual.txt");
        File.WriteAllLines(file, lines);
        return file;
    }
}
