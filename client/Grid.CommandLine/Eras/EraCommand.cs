using System.CommandLine;

namespace Grid.CommandLine.Eras;

/// <summary><c>grid era …</c>.</summary>
internal static class EraCommand
{
    public static Command Create() => new("era", "What the operators found together about uptime, era by era.") { EraListCommand.Create(), EraShowCommand.Create(), EraVerifyCommand.Create() };
}
