using System.CommandLine;
using Grid.CommandLine.OnChain;
using Grid.CommandLine.Output;

namespace Grid.CommandLine.Slashing;

/// <summary><c>grid slash execute CASE</c>: anybody may, once the appeal window is over; operators do it by themselves.</summary>
internal static class SlashExecuteCommand
{
    public static Command Create()
    {
        var command = new Command("execute", "Have a case executed whose appeal window is over. Example: grid slash execute 0x12ab…") { CaseArgument.Case }.WithConnection().WithChain();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var wallet = await ChainWallet.OpenAsync(asked, cancellation);
        var (chain, id) = (wallet.Chain, asked.CaseOf());
        var known = await chain.FindCaseAsync(id, cancellation);
        var isOpen = known.State is "proposed" or "upheld";
        if (isOpen) await chain.SendAsync("execute case", chain.Grid.SlashingCourt.Execute(id), cancellation);
        var answer = isOpen ? await chain.FindCaseAsync(id, cancellation) : known;
        output.Answer(answer, OnChainJson.Default.CaseAnswer, shown => shown.Show(output, isOpen ? null : "It is decided already."));
        return Guard.Ok;
    }
}
