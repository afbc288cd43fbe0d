using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.Protocol;

namespace Grid.Accounts;

/// <summary>
/// Live authorizations as base64 of some forty bytes each: the first one of a deployment is its id, and not said twice. Reads also
/// the object that was stored before.
/// </summary>
public sealed class PackedAuthorizationsJsonConverter : JsonConverter<ImmutableSortedDictionary<DeploymentId, LiveAuthorization>>
{
    public override ImmutableSortedDictionary<DeploymentId, LiveAuthorization> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            return JsonSerializer.Deserialize(ref reader, GrainStateJson.Default.ImmutableSortedDictionaryDeploymentIdLiveAuthorization)!;
        var packed = new PackedReader(reader.GetBytesFromBase64());
        var live = ImmutableSortedDictionary.CreateBuilder<DeploymentId, LiveAuthorization>();
        while (!packed.IsAtEnd)
        {
            var deployment = packed.Id();
            var authorization = packed.Flag() ? deployment : packed.Id();
            var (maxTotal, charged) = (new Money(packed.Number()), new Money(packed.Number()));
            live[new DeploymentId(deployment)] = new LiveAuthorization(authorization, maxTotal, charged, packed.Flag());
        }

        return live.ToImmutable();
    }

    public override void Write(
        Utf8JsonWriter writer, ImmutableSortedDictionary<DeploymentId, LiveAuthorization> value, JsonSerializerOptions options)
    {
        var packed = PackedWriter.Begin();
        foreach (var (deployment, live) in value)
        {
            packed.Id(deployment.Value);
            packed.Flag(live.Authorization == deployment.Value);
            if (live.Authorization != deployment.Value) packed.Id(live.Authorization);
            packed.Number(live.MaxTotal.MicroUnits);
            packed.Number(live.Charged.MicroUnits);
            packed.Flag(live.HasEnded);
        }

        writer.WriteBase64StringValue(packed.Written);
    }
}
