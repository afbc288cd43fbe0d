using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Grid.Protocol.Link.Messages;

namespace Grid.Tests.Protocol.Link;

/// <summary>
/// The committed samples are what older releases send. They must be read for ever, and what is written today must equal them; where a field is added,
/// add a sample beside the old one.
/// </summary>
public sealed class WireSamples
{
    private static readonly JsonArray s_control = Load("control");
    private static readonly JsonArray s_purposes = Load("purposes");

    [Fact]
    public void Control_messages_are_written_as_their_samples() => AreWrittenAs(s_control, [.. SampleMessages.Control.Select(Write)]);

    [Fact]
    public void Stream_purposes_are_written_as_their_samples() => AreWrittenAs(s_purposes, [.. SampleMessages.Purposes.Select(Write)]);

    [Fact]
    public void Samples_of_control_messages_are_read_without_losing_anything()
    {
        foreach (var sample in s_control) Assert.Equal(sample!.ToJsonString(), Reformat(Write(JsonSerializer.Deserialize(sample, LinkJson.Default.ControlMessage)!)));
    }

    [Fact]
    public void Messages_of_releases_that_knew_fewer_fields_are_read()
    {
        foreach (var sample in Load("older"))
        {
            var read = JsonNode.Parse(Write(JsonSerializer.Deserialize(sample!, LinkJson.Default.ControlMessage)!))!.AsObject();
            Assert.All(sample!.AsObject().Where(static field => field.Value is not JsonArray), field => Assert.True(JsonNode.DeepEquals(field.Value, read[field.Key]), field.Key));
        }
    }

    [Fact]
    public void Every_message_and_purpose_has_a_sample()
    {
        Assert.Equal(TypesOf<ControlMessage>(), SampleMessages.Control.Select(message => message.GetType()).Distinct().OrderBy(type => type.Name));
        Assert.Equal(TypesOf<StreamPurpose>(), SampleMessages.Purposes.Select(purpose => purpose.GetType()).Distinct().OrderBy(type => type.Name));
    }

    [Fact]
    public void Optional_fields_may_be_missing_and_required_ones_may_not()
    {
        var proposal = s_control.Single(sample => (string?)sample!["type"] == "proposal")!.DeepClone().AsObject();
        proposal.Remove("tenantKey");
        Assert.Null(Assert.IsType<Proposal>(JsonSerializer.Deserialize(proposal, LinkJson.Default.ControlMessage)).TenantKey);

        proposal.Remove("manifest");
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(proposal, LinkJson.Default.ControlMessage));
    }

    private static IEnumerable<Type> TypesOf<T>() =>
        typeof(T).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), false).Cast<JsonDerivedTypeAttribute>().Select(known => known.DerivedType).OrderBy(type => type.Name);

    private static void AreWrittenAs(JsonArray samples, string[] written)
    {
        var expected = samples.Select(sample => sample!.ToJsonString()).ToList();
        var actual = written.Select(Reformat).ToList();
        var changed = actual.Where((json, index) => index >= expected.Count || expected[index] != json);
        Assert.True(expected.SequenceEqual(actual), "These are written otherwise than their samples:\n" + string.Join(",\n", changed));
    }

    private static string Reformat(string json) => JsonNode.Parse(json)!.ToJsonString();

    private static string Write(ControlMessage message) => JsonSerializer.Serialize(message, LinkJson.Default.ControlMessage);

    private static string Write(StreamPurpose purpose) => JsonSerializer.Serialize(purpose, LinkJson.Default.StreamPurpose);

    private static JsonArray Load(string name)
    {
        using var stream = typeof(WireSamples).Assembly.GetManifestResourceStream("golden-messages.json")!;
        return JsonNode.Parse(stream)![name]!.AsArray();
    }
}
