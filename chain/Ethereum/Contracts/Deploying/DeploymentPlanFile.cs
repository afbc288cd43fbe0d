using System.Text.Json;
using System.Text.Json.Serialization;

namespace Grid.Chain.Ethereum.Contracts.Deploying;

/// <summary>A plan on disk, written before its first transaction, so that a deployment that was cut off goes on.</summary>
public static class DeploymentPlanFile
{
    /// <returns>Null where there is none yet.</returns>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static DeploymentPlan? Read(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), PlanJson.Default.DeploymentPlan);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{path}' is no plan of a deployment: {e.Message}", e);
        }
    }

    /// <summary>Whole or not at all.</summary>
    public static void Write(string path, DeploymentPlan plan)
    {
        var beside = path + ".new";
        File.WriteAllBytes(beside, JsonSerializer.SerializeToUtf8Bytes(plan, PlanJson.Default.DeploymentPlan));
        File.Move(beside, path, overwrite: true);
    }
}

[JsonSerializable(typeof(DeploymentPlan))]
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    IgnoreReadOnlyProperties = true)]
internal sealed partial class PlanJson : JsonSerializerContext;
