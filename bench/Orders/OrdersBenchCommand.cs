using System.CommandLine;
using System.Text.Json;

namespace Grid.Bench.Orders;

/// <summary><c>grid bench orders</c>.</summary>
internal static class OrdersBenchCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "print JSON alone on standard output" };
        var providers = new Option<int>("--providers") { Description = "connected nodes", DefaultValueFactory = static _ => 1_000 };
        var tenants = new Option<int>("--tenants") { Description = "tenants, each with one order on its way", DefaultValueFactory = static _ => 1_000 };
        var orders = new Option<int>("--orders") { Description = "orders of all tenants together", DefaultValueFactory = static _ => 6_000 };
        var command = new Command("orders", "From the request to the open lease, through all grains on a durable store.") { json, providers, tenants, orders };
        command.SetAction(async (parsed, _) =>
        {
            var result = await OrdersBench.RunAsync(parsed.GetValue(providers), parsed.GetValue(tenants), parsed.GetValue(orders));
            if (parsed.GetValue(json)) Console.Out.WriteLine(JsonSerializer.Serialize(result, OrdersBenchJson.Default.OrdersBenchResult));
            else Console.Out.WriteLine(result);
            return 0;
        });
        return command;
    }
}
