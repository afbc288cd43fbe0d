using System.CommandLine;

namespace Grid.CommandLine.Slashing;

/// <summary><c>grid slash</c>.</summary>
internal static class SlashCommand
{
    public static Command Create() => new(
        "slash", "Cases against providers: who was silent, what it costs, and how to appeal; and operators that sign two roots.")
    {
        SlashListCommand.Create(),
        SlashShowCommand.Create(),
        SlashAppealCommand.Create(),
        SlashExecuteCommand.Create(),
        SlashCollectCommand.Create(),
        SlashReportCommand.Create(),
    };
}
