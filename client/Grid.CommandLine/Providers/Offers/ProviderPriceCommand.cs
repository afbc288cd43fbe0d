using System.CommandLine;
using Grid.CommandLine.Output;
using Grid.Protocol.Offers;

namespace Grid.CommandLine.Providers.Offers;

/// <summary><c>grid provider price</c>: what a running node asks. The next match sees it.</summary>
internal static class ProviderPriceCommand
{
    private static readonly Option<string[]> Gpu = new("--gpu")
    {
        Description = $"MODEL=PRICE of a whole GPU: {ListedRate.Expected}. May be given several times.",
        HelpName = "MODEL=PRICE",
    };
    private static readonly Option<string?> Cpu = PriceOption("--cpu", "Of a core");
    private static readonly Option<string?> Memory = PriceOption("--memory", "Of a GiB of memory");
    private static readonly Option<string?> Storage = PriceOption("--storage", "Of a GiB of disk");

    public static Command Create()
    {
        var command = new Command(
            "price",
            "Change or show what a node asks; the next match sees it. Examples: grid provider price --data ./node --gpu rtx4090=0.35 --cpu 0.01..0.03 · grid provider price --node node1")
        {
            Gpu, Cpu, Memory, Storage, NodeFolder.Data, NodeFolder.Node, CommonOptions.Json,
        };
        Gpu.Validators.Add(static result =>
        {
            foreach (var text in result.GetValueOrDefault<string[]>() ?? [])
                if (!TryGpu(text, out _)) result.AddError($"--gpu is '{text}', expected MODEL=PRICE with {ListedRate.Expected}.");
        });
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        var folder = NodeFolder.Of(asked);
        var chosen = Chosen(asked).ToArray();
        if (chosen.Length == 0)
        {
            var node = folder.ReadStatus();
            OfferView.Answer(new OfferAnswer(node.Provider, node.IsRunning(), node.Terms), output, OfferView.ShowPrices);
            return Guard.Ok;
        }

        var answer = await folder.ChangeAsync(choices => chosen.Aggregate(choices, static (all, price) => all.With(price)), cancellation);
        OfferView.Answer(answer, output, OfferView.ShowPrices);
        return Guard.Ok;
    }

    private static IEnumerable<PriceChoice> Chosen(ParseResult asked)
    {
        foreach (var text in asked.GetValue(Gpu) ?? [])
            if (TryGpu(text, out var price)) yield return price;
        foreach (var (option, key) in new[] { (Cpu, PriceKeys.Cpu), (Memory, PriceKeys.Memory), (Storage, PriceKeys.Storage) })
            if (asked.GetValue(option) is { } text && ListedRate.TryParse(text, out var rate))
                yield return new PriceChoice(key, rate.Price, rate.Ceiling);
    }

    private static bool TryGpu(string text, out PriceChoice price)
    {
        price = new PriceChoice("", default);
        var parts = text.Split('=');
        if (parts.Length != 2 || parts[0].Length == 0 || !ListedRate.TryParse(parts[1], out var rate)) return false;
        price = new PriceChoice(parts[0], rate.Price, rate.Ceiling);
        return true;
    }

    private static Option<string?> PriceOption(string name, string what)
    {
        var option = new Option<string?>(name) { Description = $"{what}: {ListedRate.Expected}.", HelpName = "PRICE" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !ListedRate.TryParse(text, out _))
                result.AddError($"{name} is '{text}', expected {ListedRate.Expected}.");
        });
        return option;
    }
}
