using Grid.Protocol.Manifests;

namespace Grid.Tests.Protocol.Manifests;

public sealed class GridBlockTests
{
    [Fact]
    public void A_batch_gives_its_artifacts_retries_and_run_ahead()
    {
        var service = ManifestFiles.Read("grid-batch.yaml").Services[0];

        Assert.Equal((ServiceKind.Batch, 2, 600L, OnPartition.Stop), (service.Kind, service.Retries, service.RunAheadSeconds, service.OnPartition));
        Assert.True(service.UsesHostImage);
        Assert.Equal([new ManifestArtifact("data.csv", "/work/data.csv")], service.Inputs);
        Assert.Equal([new ManifestArtifact("model.json", "/work/model.json")], service.Outputs);
    }

    [Fact]
    public void A_placement_gives_its_terms()
    {
        var placement = ManifestFiles.Read("grid-batch.yaml").Placements[0];

        Assert.Equal((true, "namespaces", 40), (placement.Spread, placement.Isolation, placement.MaxRoundTripMs));
        Assert.Equal([new("region", 300), new ManifestWeight("price", 500)], placement.Weights);
        Assert.Equal(["gdpr", "hipaa"], placement.Compliance);
    }

    [Fact]
    public void A_service_keeps_running_in_a_partition_unless_it_is_a_batch_or_a_gang_or_says_otherwise()
    {
        Assert.Equal(OnPartition.Keep, ManifestFiles.Read("sdl-plain.yaml").Services[0].OnPartition);
        Assert.Equal([OnPartition.Stop, OnPartition.Stop], ManifestFiles.Read("grid-batch.yaml").Services.Select(service => service.OnPartition));
        Assert.Equal([OnPartition.Stop, OnPartition.Keep], ManifestFiles.Read("grid-gang.yaml").Services.Select(service => service.OnPartition));
    }

    [Fact]
    public void Gangs_and_arrays_belong_to_their_placements()
    {
        var placements = ManifestFiles.Read("grid-gang.yaml").Placements;

        Assert.Equal((new ManifestGang(8, true, true, true), null), (placements[0].Gang, placements[0].Array));
        Assert.Equal((null, new ManifestArray(500, 20, "collect")), (placements[1].Gang, placements[1].Array));
    }
}
