using System.CommandLine;

namespace Grid.CommandLine.Eras;

internal static class EraArguments
{
    public static Argument<ulong> Era() => new("ERA") { Description = "The era's number, as `grid era ls` shows it." };
}
