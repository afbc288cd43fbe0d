using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.Protocol;

namespace Grid.Accounts;

/// <summary>
/// Holds as base64 of some eighty bytes each, since each order writes all of its payer's. Reads also the object that was stored before.
/// </summary>
public sealed class PackedHoldsJsonConverter : JsonConverter<ImmutableSortedDictionary<LeaseId, LeaseHold>>
{
    public override ImmutableSortedDictionary<LeaseId, LeaseHold> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            return JsonSerializer.Deserialize(ref reader, GrainStateJson.Default.ImmutableSortedDictionaryLeaseIdLeaseHold)!;
        var packed = new PackedReader(reader.GetBytesFromBase64());
        var holds = ImmutableSortedDictionary.CreateBuilder<LeaseId, LeaseHold>();
        while (!packed.IsAtEnd)
        {
            var (lease, deployment) = (new LeaseId(packed.Id()), new DeploymentId(packed.Id()));
            holds[lease] = new LeaseHold(deployment, new Money(packed.Number()), packed.Time(), packed.Flag());
        }

        return holds.ToImmutable();
    }

    public override void Write(Utf8JsonWriter writer, ImmutableSortedDictionary<LeaseId, LeaseHold> value, JsonSerializerOptions options)
    {
        var packed = PackedWriter.Begin();
        foreach (var (lease, hold) in value)
        {
            packed.Id(lease.Value);
            packed.Id(hold.Deployment.Value);
            packed.Number(hold.Total.MicroUnits);
            packed.Time(hold.HeldAt);
            packed.Flag(hold.IsExtended);
        }

        writer.WriteBase64StringValue(packed.Written);
    }
}
