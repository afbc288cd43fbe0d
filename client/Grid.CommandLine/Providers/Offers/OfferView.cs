using Grid.CommandLine.Output;
using Grid.Protocol.Offers;

namespace Grid.CommandLine.Providers.Offers;

/// <summary>What a node lists, for people.</summary>
internal static class OfferView
{
    public static void Answer(OfferAnswer answer, CommandOutput output, Action<OfferTerms, CommandOutput> show) =>
        output.Answer(answer, NodeFolderJson.Default.OfferAnswer, found =>
        {
            show(found.Terms, output);
            output.Line(
                found.IsListed ? $"{found.Provider} lists this now"
                : $"{found.Provider} is not running: it will list this from its next start");
        });

    public static void ShowPrices(OfferTerms terms, CommandOutput output)
    {
        var table = Tables.Of("price of", "an hour#", "follows the guide price up to#");
        foreach (var key in terms.Prices.Gpus.Select(static gpu => gpu.Model).Concat([PriceKeys.Cpu, PriceKeys.Memory, PriceKeys.Storage]))
            table.Row(key, Words.Rate(terms.Prices[key]!.Value), terms.Prices.CeilingOf(key) is { } ceiling ? Words.Rate(ceiling) : "–");
        output.Console.Write(table);
    }

    public static void ShowOffer(OfferTerms terms, CommandOutput output)
    {
        var table = Tables.Of("listed", "as");
        table.Row("place", terms.Zone.Length == 0 ? terms.Region : $"{terms.Region} {terms.Zone}");
        table.Row("cores", $"{terms.Capacity.CpuMillis}m");
        table.Row("memory", $"{terms.Capacity.MemoryMib} MiB");
        foreach (var model in terms.Devices.GroupBy(static device => (device.Model, device.MaxShareMillis)))
        {
            var (name, share) = model.Key;
            var how = share == OfferedDevice.WholeMillis ? "whole" : $"shares up to {share / (decimal)OfferedDevice.WholeMillis:0.###}";
            table.Row("gpus", $"{model.Count()} × {name}, {how}");
        }

        table.Row("bandwidth", $"{terms.BandwidthMbps} Mbit/s");
        table.Row("longest run-ahead", $"{terms.MaxRunAheadSeconds} s");
        table.Row("image: host", terms.AllowsHostImage ? "allowed" : "refused");
        foreach (var attribute in terms.Attributes) table.Row("attribute", $"{attribute.Key} = {attribute.Value}");
        foreach (var label in terms.ComplianceLabels) table.Row("label", label);
        foreach (var audit in terms.Audits)
            table.Row("audited by", $"{audit.Auditor} until {Words.Time(audit.ExpiresAtUnixSeconds * 1000)}");
        output.Console.Write(table);
    }
}
