using Grid.Protocol.Api;

namespace Grid.Eras;

/// <summary>An era as the operator publishes it.</summary>
public static class EraPublishing
{
    public static EraStatus Status(this EraView view) => new(
        view.Era,
        NameOf(view.Stage),
        view.Record.IsZero ? null : view.Record,
        view.Root,
        view.Books,
        view.Proposals,
        view.Votes,
        view.Equivocations,
        view.Objection,
        view.Transaction);

    private static string NameOf(EraStage stage) => stage switch
    {
        EraStage.Observing => "observing",
        EraStage.Gathering => "gathering",
        EraStage.Voted => "voted",
        EraStage.Submitted => "submitted",
        EraStage.Committed => "committed",
        EraStage.Final => "final",
        _ => "missed",
    };
}
