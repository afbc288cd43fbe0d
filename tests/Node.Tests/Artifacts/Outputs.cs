using System.Text;
using Grid.Node.Artifacts;
using Grid.Node.Execution;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;
using Grid.Tests.Node.Leases;

namespace Grid.Tests.Node.Artifacts;

public sealed class Outputs : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("grid-outputs-");
    private readonly SealingKeyPair _tenant = SealingKeyPair.Generate();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_output_is_hashed_and_lies_here_for_its_tenant_alone()
    {
        var outputs = new SealedOutputs(_directory.FullName);
        var made = await SealAsync(outputs, "canary", replica: 0, _tenant.PublicKey);

        Assert.Equal((ContentHash.OfUtf8("canary"), 6), (made.Sha256, made.Bytes));
        Assert.Equal("canary", await OpenAsync(outputs));
        Assert.All(_directory.GetFiles("*", SearchOption.AllDirectories), static file => Assert.DoesNotContain("canary", File.ReadAllText(file.FullName, Encoding.Latin1), StringComparison.Ordinal));
        Assert.All(_directory.GetDirectories("*", SearchOption.AllDirectories), static one => Assert.Equal(UnixFileMode.None, one.UnixFileMode & (UnixFileMode.OtherRead | UnixFileMode.GroupRead)));
    }

    [Fact]
    public async Task Another_replica_and_a_tenant_without_a_key_leave_only_a_hash()
    {
        var outputs = new SealedOutputs(_directory.FullName);
        await SealAsync(outputs, "first", replica: 0, _tenant.PublicKey);
        Assert.Equal(ContentHash.OfUtf8("second"), (await SealAsync(outputs, "second", replica: 1, _tenant.PublicKey)).Sha256);
        Assert.Equal(ContentHash.OfUtf8("third"), (await SealAsync(outputs, "third", replica: 0, null)).Sha256);

        Assert.Equal("first", await OpenAsync(outputs));
    }

    [Fact]
    public async Task Outputs_go_a_day_after_their_lease()
    {
        var outputs = new SealedOutputs(_directory.FullName);
        await SealAsync(outputs, "canary", replica: 0, _tenant.PublicKey);
        outputs.Sweep(TimeProvider.System);
        Assert.True(outputs.Has(Sample.Lease(1)));

        foreach (var lease in Directory.GetDirectories(Path.Combine(_directory.FullName, "artifacts"))) Directory.SetLastWriteTimeUtc(lease, TimeProvider.System.GetUtcNow().AddHours(-25).UtcDateTime);
        outputs.Sweep(TimeProvider.System);

        Assert.False(outputs.Has(Sample.Lease(1)));
        Assert.Null(outputs.Open(Sample.Lease(1), "job", "model"));
    }

    public void Dispose()
    {
        _tenant.Dispose();
        _directory.Delete(recursive: true);
    }

    private static Task<Grid.Protocol.Link.Messages.WorkloadOutput> SealAsync(SealedOutputs outputs, string text, int replica, SealingPublicKey? tenant) =>
        outputs.SealAsync(new WorkloadKey(Sample.Lease(1), "job", replica), "model", new MemoryStream(Encoding.UTF8.GetBytes(text)), tenant, Cancel);

    private async Task<string> OpenAsync(SealedOutputs outputs)
    {
        await using var content = outputs.Open(Sample.Lease(1), "job", "model")!;
        using var clear = new MemoryStream();
        await SealedStream.OpenAsync(_tenant, content, clear, SealingContext.Artifact(Sample.Lease(1), "job", "model"), 1 << 20, Cancel);
        return Encoding.UTF8.GetString(clear.ToArray());
    }
}
