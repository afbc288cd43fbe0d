using System.CommandLine;
using Grid.CommandLine.Home;
using Grid.CommandLine.Output;
using Grid.Protocol.Api;

namespace Grid.CommandLine.Prices;

/// <summary><c>grid prices</c>: the guide prices; of one model with its history.</summary>
internal static class PricesCommand
{
    private const int ShownPoints = 20;

    private static readonly Argument<string?> Key = new("MODEL")
    {
        Description = "A GPU model, cpu, memory or storage: shows its history too.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> All = new("--all") { Description = "Also what nobody has offered yet." };

    public static Command Create()
    {
        var command = new Command(
            "prices", "Show the guide prices by region, and how much is taken. Examples: grid prices · grid prices rtx4090 --json")
        {
            Key, All,
        }.WithConnection();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var open = await OpenClient.AnonymousAsync(asked, cancellation);
        var key = asked.GetValue(Key);
        var prices = await open.Client.GetPricesAsync(key, cancellation);
        var shown = key is not null || asked.GetValue(All) ? prices
            : new PriceList([.. prices.Prices.Where(static price => price.Region.Length > 0)]);
        output.Answer(shown, GridJsonContext.Default.PriceList, list => Show(list, output));
        return Guard.Ok;
    }

    private static void Show(PriceList list, CommandOutput output)
    {
        var table = Tables.Of("price of", "region", "guide#", "started at#", "taken#", "offered#");
        foreach (var price in list.Prices)
        {
            table.Row(
                price.Key,
                price.Region.Length > 0 ? price.Region : "–",
                Words.Rate(price.Price),
                Words.Rate(price.Base),
                Words.Percent(price.UtilizationPpm),
                $"{price.Offered}");
        }

        output.Console.Write(table);
        foreach (var price in list.Prices.Where(static price => price.History.Count > 0)) ShowHistory(price, output);
    }

    private static void ShowHistory(GuidePrice price, CommandOutput output)
    {
        output.Line(
            $"{price.Key} in {price.Region}, the newest {Math.Min(ShownPoints, price.History.Count)} of {price.History.Count} steps:");
        foreach (var point in price.History.TakeLast(ShownPoints))
            output.Line($"  {Words.Time(point.AtUnixMs)}  {Words.Rate(point.Price)}  {Words.Percent(point.UtilizationPpm)} taken");
    }
}
