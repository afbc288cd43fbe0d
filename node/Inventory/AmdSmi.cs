using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Grid.Node.Inventory;

/// <summary>Reads what <c>amd-smi static --json --asic --vram --bus --driver</c> prints. Pure: the tool is run elsewhere.</summary>
public static class AmdSmi
{
    public const string Query = "static --json --asic --vram --bus --driver";

    public static GpuListing Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var cards = document.RootElement;
            if (cards.ValueKind == JsonValueKind.Object && cards.TryGetProperty("gpu_data", out var wrapped)) cards = wrapped;
            return cards.ValueKind == JsonValueKind.Array ? Parse(cards) : Unreadable("an array of GPUs was expected");
        }
        catch (JsonException)
        {
            return Unreadable("its output is not JSON");
        }
    }

    private static GpuListing Parse(JsonElement cards)
    {
        var gpus = ImmutableArray.CreateBuilder<Gpu>();
        var problems = ImmutableArray.CreateBuilder<string>();
        foreach (var card in cards.EnumerateArray().Take(Limits.MaxGpus))
        {
            var uuid = Text(card, "asic", "asic_serial");
            var model = Text(card, "asic", "market_name");
            if (uuid.Length == 0 || model.Length == 0) problems.Add($"amd-smi: GPU number {gpus.Count + problems.Count} has no serial or no name");
            else gpus.Add(Card(card, uuid, model));
        }

        return new GpuListing(gpus.ToImmutable(), problems.ToImmutable());
    }

    private static Gpu Card(JsonElement card, string serial, string model) => new(
        GpuVendor.Amd,
        card.TryGetProperty("gpu", out var index) && index.TryGetInt32(out var number) ? number : -1,
        "AMD-" + serial,
        model,
        long.TryParse(Text(card, "vram", "size"), NumberStyles.None, CultureInfo.InvariantCulture, out var mib) ? mib : 0,
        Text(card, "driver", "version"),
        Text(card, "asic", "target_graphics_version"),
        Text(card, "bus", "bdf"),
        MigEnabled: false);

    /// <summary>A field is a string, a number, or <c>{"value": …, "unit": …}</c>, by version of the tool.</summary>
    private static string Text(JsonElement card, string group, string name)
    {
        if (card.ValueKind != JsonValueKind.Object || !card.TryGetProperty(group, out var fields)) return "";
        if (fields.ValueKind != JsonValueKind.Object || !fields.TryGetProperty(name, out var field)) return "";
        if (field.ValueKind == JsonValueKind.Object && field.TryGetProperty("value", out var value)) field = value;
        var text = field.ValueKind is JsonValueKind.String or JsonValueKind.Number ? field.ToString() : "";
        return text is "N/A" || text.Length > Limits.MaxFieldChars ? "" : text;
    }

    private static GpuListing Unreadable(string why) => new([], [$"amd-smi: {why}"]);
}
