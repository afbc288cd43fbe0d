using System.CommandLine;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.CommandLine.OnChain;

namespace Grid.CommandLine.Slashing;

/// <summary>The case that a command is about.</summary>
internal static class CaseArgument
{
    public static readonly Argument<string> Case = Create();

    public static Hash256 CaseOf(this ParseResult asked) => Hash256.Parse(asked.GetRequiredValue(Case));

    /// <exception cref="GridException">The court has never heard of it.</exception>
    public static async Task<CaseAnswer> FindCaseAsync(this OpenChain chain, Hash256 id, CancellationToken cancellation) =>
        await Cases.FindAsync(chain, id, cancellation)
            ?? throw new GridException(GridErrorKind.InvalidInput, $"The court at {chain.Grid.Contracts.SlashingCourt} has no case {id}; `grid slash ls` lists them.");

    private static Argument<string> Create()
    {
        var argument = new Argument<string>("CASE") { Description = "The case's id, as `grid slash ls` shows it." };
        argument.Validators.Add(static result =>
        {
            if (!Hash256.TryParse(result.Tokens[0].Value, null, out _)) result.AddError($"'{result.Tokens[0].Value}' is no case; expected 0x and 64 hex digits");
        });
        return argument;
    }
}
