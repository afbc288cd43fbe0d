using Grid.Protocol.Manifests;

namespace Grid.Tests.Protocol.Manifests;

public sealed class GpuShares
{
    [Theory]
    [InlineData("0.5", 500)]
    [InlineData("0.125", 125)]
    [InlineData("1", 1_000)]
    [InlineData("2.0", 2_000)]
    public void Units_are_whole_GPUs_or_a_part_of_one(string units, int millis)
    {
        var reading = ManifestReader.Read(ManifestFiles.Small(resources: $"cpu: 1, memory: 1Gi, storage: 1Gi, gpu: {{units: {units}}}"));

        Assert.True(reading.IsOk, string.Join("; ", reading.Errors.Select(static error => error.Message)));
        Assert.Equal(millis, reading.Manifest.Placements[0].Groups[0].Resources.GpuUnitsMilli);
    }
}
