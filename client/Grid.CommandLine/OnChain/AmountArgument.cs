using System.CommandLine;
using Grid.CommandLine.Output;
using Grid.Protocol;

namespace Grid.CommandLine.OnChain;

internal static class AmountArgument
{
    public static Argument<string> Create(string what)
    {
        var argument = new Argument<string>("AMOUNT") { Description = what };
        argument.Validators.Add(static result =>
        {
            if (!TokenAmount.TryParse(result.Tokens[0].Value, out var amount) || amount.MicroUnits == 0)
                result.AddError($"'{result.Tokens[0].Value}' is no amount; expected tokens with up to six decimals, as 25 or 0.5");
        });
        return argument;
    }

    public static Money AmountOf(this ParseResult asked, Argument<string> argument)
    {
        _ = TokenAmount.TryParse(asked.GetRequiredValue(argument), out var amount);
        return amount;
    }
}
