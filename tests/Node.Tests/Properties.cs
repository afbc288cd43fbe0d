using FsCheck;
using FsCheck.Fluent;

namespace Grid.Tests.Node;

internal static class Properties
{
    /// <summary>Holds for lists of random steps of at most this length; a counter-example is shrunk to few steps.</summary>
    public static void ForAllSequences<T>(Gen<T> step, int most, Action<T[]> holds, int runs = 100) =>
        Prop.ForAll(step.ListOf().ToArbitrary(), steps => holds([.. steps])).Check(Config.QuickThrowOnFailure.WithMaxTest(runs).WithEndSize(most));
}
