using System.Text.Json;
using System.Text.Json.Nodes;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Signing;
using Grid.Tests.Protocol.Signing;
using Grid.Tests.Protocol.Vectors;

namespace Grid.Tests.Protocol.Api;

/// <summary>Clients of other releases read these.</summary>
public sealed class ApiSamples
{
    private static readonly LeaseStatus s_lease = new(
        new LeaseId(SignedTypeVectors.Word(1)), new OrderId(SignedTypeVectors.Word(2)), new ProviderId(Address.Zero), LeasePhase.Active, new RatePerHour(1_250_000), 10_000, 60,
        new Money(20_833), 90, null, [new WorkloadStatus("web", 0, 0, WorkloadPhase.Running, null, false, 60, [])], [new ExposedPort("web", 80, "/v1/leases/x/relay/web/80/")],
        1_800_000_000_000, null);

    [Fact]
    public void A_lease_reads_as_documented()
    {
        var json = JsonSerializer.SerializeToNode(s_lease, GridJsonContext.Default.LeaseStatus)!.AsObject();

        Assert.Equal(
            ["lease", "order", "provider", "phase", "ratePerHour", "feePpm", "seconds", "charged", "paidThroughSeconds", "closeReason", "workloads", "ports", "openedAtUnixMs", "closedAtUnixMs"],
            json.Select(field => field.Key));
        Assert.Equal("active", (string?)json["phase"]);
        Assert.Equal(20_833, (long)json["charged"]!);
        Assert.Equal("running", (string?)json["workloads"]![0]!["phase"]);
    }

    [Fact]
    public void What_a_lease_does_not_have_yet_is_written_and_read_as_null()
    {
        var json = JsonSerializer.Serialize(s_lease, GridJsonContext.Default.LeaseStatus);

        var read = JsonSerializer.Deserialize(json, GridJsonContext.Default.LeaseStatus)!;

        Assert.Null(read.CloseReason);
        Assert.Null(read.ClosedAtUnixMs);
        Assert.Null(read.Workloads[0].ExitCode);
    }

    [Fact]
    public void A_deploy_request_comes_back_as_it_was_sent()
    {
        using var tenant = GoldenVectors.Key("tenant");
        var request = new DeployRequest("""{"version":"1.0"}""", SignedTypeVectors.SampleAuthorization.Sign(tenant, GridDomain.Local), [], []);
        var json = JsonSerializer.Serialize(request, GridJsonContext.Default.DeployRequest);

        var read = JsonSerializer.Deserialize(json, GridJsonContext.Default.DeployRequest)!;

        Assert.Equal(request.Authorization, read.Authorization);
        Assert.True(read.Authorization.IsSignedBy(tenant.Address, GridDomain.Local));
        Assert.Equal(json, JsonSerializer.Serialize(read, GridJsonContext.Default.DeployRequest));
    }

    [Fact]
    public void A_request_without_its_authorization_is_refused_when_it_is_read() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"manifest":"","secrets":[],"inputs":[]}""", GridJsonContext.Default.DeployRequest));

    [Fact]
    public void Names_in_a_route_are_escaped()
    {
        var route = ApiRoutes.OfArtifact(new LeaseId(Hash256.Zero), "a/b", "x y");

        Assert.Equal($"/v1/leases/{Hash256.Zero}/artifacts/a%2Fb/x%20y", route);
    }

    [Fact]
    public void A_token_is_not_printed() => Assert.DoesNotContain("secret-token", new SignInToken(Address.Zero, "secret-token", 0).ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_log_chunk_carries_any_bytes()
    {
        var chunk = new LogChunk("web", 0, 5, [0xff, 0x00], 40);

        Assert.Equal("/wA=", (string?)JsonNode.Parse(JsonSerializer.Serialize(chunk, GridJsonContext.Default.LogChunk))!["data"]);
    }
}
