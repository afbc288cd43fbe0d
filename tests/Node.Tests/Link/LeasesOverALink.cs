using System.Text;
using System.Text.Json;
using Grid.Protocol;
using Grid.Protocol.Link;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Manifests;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;
using Grid.Tests.Node.Leases;

namespace Grid.Tests.Node.Link;

/// <summary>A whole node with a real supervisor, and an operator on a real socket.</summary>
[Collection(WholeNode.OneAtATime)]
public sealed class LeasesOverALink
{
    private static readonly long s_expiry = TimeProvider.System.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds();
    private static readonly TimeSpan s_patience = FakeOperator.Patience;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_gets_its_secret_and_input_and_leaves_a_sealed_output_its_log_and_nothing_clear()
    {
        await using var @operator = await FakeOperator.StartAsync(Sample.OperatorA);
        await using var node = await WholeNode.StartAsync(@operator);
        Assert.Empty((await @operator.HelloAsync()).Leases);
        using var tenant = SealingKeyPair.Generate();
        var input = Encoding.UTF8.GetBytes("canary-of-the-input");
        @operator.Put(Sample.Lease(1), "data", input);
        @operator.InputRefusals = 1;
        var service = Sample.Batch("cat data > out; printf %s \"$TOKEN\" >> out; echo hello") with
        {
            Env = [new ManifestEnv("TOKEN", "canary-of-the-secret")],
            Inputs = [new ManifestArtifact("data", "data")],
            Outputs = [new ManifestArtifact("result", "out")],
        };
        await @operator.LeaseAsync(Sample.Proposal(
            Sample.OperatorA, 1, Sample.Manifest(service), expiry: s_expiry, sealTo: @operator.NodeKey,
            inputs: [new NamedInput("job", "data", ContentHash.Of(input), input.Length)],
            tenantKey: PublishedSealingKey.Publish(tenant.PublicKey, Sample.Tenant, 4_000_000_000, Sample.Domain)));

        var exit = await @operator.ExitAsync(1);
        Assert.True(exit.Status is { Phase: WorkloadPhase.Exited, ExitCode: 0 }, exit.ToString());
        Assert.Equal(ContentHash.OfUtf8("canary-of-the-inputcanary-of-the-secret"), Assert.Single(exit.Status.Outputs).Sha256);
        Assert.Equal(CloseReason.Completed, (await @operator.HearAsync<LeaseEnded>()).Reason);

        await using (var artifact = @operator.Link.OpenStream(new ArtifactPurpose(Sample.Lease(1), "job", "result")))
        {
            using var clear = new MemoryStream();
            await SealedStream.OpenAsync(tenant, artifact, clear, SealingContext.Artifact(Sample.Lease(1), "job", "result"), 1 << 20, Cancel).WaitAsync(s_patience, Cancel);
            Assert.Equal("canary-of-the-inputcanary-of-the-secret", Encoding.UTF8.GetString(clear.ToArray()));
        }

        Assert.Equal(["hello"], await LogAsync(@operator, 1, follow: true));
        await NothingHoldsAsync(node.DataDirectory, "canary");
    }

    [Fact]
    public async Task A_log_is_followed_to_its_end_and_a_reader_who_leaves_holds_up_nobody()
    {
        await using var @operator = await FakeOperator.StartAsync(Sample.OperatorA);
        await using var node = await WholeNode.StartAsync(@operator);
        await @operator.HelloAsync();
        await @operator.LeaseAsync(Sample.Proposal(Sample.OperatorA, 1, Sample.Manifest(Sample.Batch("echo one; sleep 1; echo two")), expiry: s_expiry));
        await @operator.HearAsync<WorkloadChanged>(static changed => changed.Status.Phase == WorkloadPhase.Running);

        var leaves = @operator.Link.OpenStream(new LogsPurpose(Sample.Lease(1), "job", 0, 0, true));
        await leaves.DisposeAsync();

        Assert.Equal(["one", "two"], await LogAsync(@operator, 1, follow: true));
    }

    [Fact]
    public async Task A_relay_carries_both_ways_and_passes_on_each_end()
    {
        await using var @operator = await FakeOperator.StartAsync(Sample.OperatorA);
        await using var node = await WholeNode.StartAsync(@operator);
        await @operator.HelloAsync();
        const string Echo = "import socket\ns = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)\ns.bind(('127.0.0.1', 8080)); s.listen(); print('listens', flush=True)\n"
            + "while True:\n  c, _ = s.accept(); d = b''\n  while True:\n    b = c.recv(65536)\n    if not b: break\n    d += b\n  c.sendall(b'got ' + str(len(d)).encode()); c.close()";
        var service = Sample.Batch() with { Command = ["/usr/bin/python3", "-c", Echo], Expose = [new ManifestExpose { Port = 8080, As = 8080, PortCount = 1 }] };
        await @operator.LeaseAsync(Sample.Proposal(Sample.OperatorA, 1, Sample.Manifest(service), expiry: s_expiry));
        await @operator.HearAsync<WorkloadChanged>(static changed => changed.Status.Phase == WorkloadPhase.Running);

        Assert.Equal("got 200000", await RelayedAsync(@operator, new byte[200_000]));
    }

    [Fact]
    public async Task What_is_not_there_is_refused_and_the_link_goes_on()
    {
        await using var @operator = await FakeOperator.StartAsync(Sample.OperatorA);
        await using var stranger = await FakeOperator.StartAsync(Sample.OperatorB);
        await using var node = await WholeNode.StartAsync(@operator, stranger);
        await @operator.HelloAsync();
        await stranger.HelloAsync();
        var service = Sample.Batch("echo secret; sleep 30") with { Expose = [new ManifestExpose { Port = 8080, As = 8080, PortCount = 1 }] };
        await @operator.LeaseAsync(Sample.Proposal(Sample.OperatorA, 1, Sample.Manifest(service), expiry: s_expiry));
        await @operator.HearAsync<WorkloadChanged>(static changed => changed.Status.Phase == WorkloadPhase.Running);

        await AbortedAsync(@operator, new RelayPurpose(Sample.Lease(1), "job", 8080), "8080");
        await AbortedAsync(@operator, new ArtifactPurpose(Sample.Lease(1), "job", "none"), "none");
        await AbortedAsync(@operator, new LogsPurpose(Sample.Lease(1), "../../etc", 0, 0, false), "name");
        await AbortedAsync(stranger, new LogsPurpose(Sample.Lease(1), "job", 0, 0, false), "no such lease");
        await AbortedAsync(stranger, new RelayPurpose(Sample.Lease(1), "job", 8080), "no such lease");
        Assert.Equal(["secret"], await LogAsync(@operator, 1, follow: false));
    }

    [Fact]
    public async Task A_proposal_that_makes_no_sense_is_refused_and_the_link_goes_on()
    {
        await using var @operator = await FakeOperator.StartAsync(Sample.OperatorA);
        await using var node = await WholeNode.StartAsync(@operator);
        await @operator.HelloAsync();
        var nowhere = Sample.Manifest() with { Placements = [new ManifestPlacement { Name = Sample.Placement, Groups = [Sample.Group("missing", 1, 500)] }] };
        var huge = Sample.Manifest(count: 1_000_000_000, cpuMillis: 1);
        var secret = Sample.Manifest(Sample.Batch() with { Env = [new ManifestEnv("TOKEN", "x")] });

        Assert.Equal(RefusalCode.ManifestInvalid, await RefusalAsync(@operator, Sample.Proposal(Sample.OperatorA, 1, nowhere, expiry: s_expiry)));
        Assert.Equal(RefusalCode.ManifestInvalid, await RefusalAsync(@operator, Sample.Proposal(Sample.OperatorA, 2, huge, Bindings.Empty, s_expiry)));
        Assert.Equal(RefusalCode.CapacityBound, await RefusalAsync(@operator, Sample.Proposal(Sample.OperatorA, 3, bindings: Bindings.Empty, expiry: s_expiry)));
        Assert.Equal(RefusalCode.SecretNotReadable, await RefusalAsync(@operator, Sample.Proposal(Sample.OperatorA, 4, secret, expiry: s_expiry)));
        using var other = SealingKeyPair.Generate();
        Assert.Equal(RefusalCode.SecretNotReadable, await RefusalAsync(@operator, Sample.Proposal(Sample.OperatorA, 5, secret, expiry: s_expiry, sealTo: other.PublicKey)));
        Assert.Equal(1, @operator.Attempts);
    }

    [Fact]
    public async Task A_node_comes_back_after_its_operator_died_and_tells_what_it_holds()
    {
        await using var @operator = await FakeOperator.StartAsync(Sample.OperatorA);
        await using var node = await WholeNode.StartAsync(@operator);
        await @operator.HelloAsync();
        await @operator.LeaseAsync(Sample.Proposal(Sample.OperatorA, 1, Sample.Manifest(Sample.Batch("sleep 60", OnPartition.Keep)), expiry: s_expiry));
        await @operator.HearAsync<WorkloadChanged>(static changed => changed.Status.Phase == WorkloadPhase.Running);
        var followed = @operator.Link.OpenStream(new LogsPurpose(Sample.Lease(1), "job", 0, 0, true));

        await @operator.DieAsync();
        @operator.RefuseNext();
        await @operator.ComeBackAsync();
        var hello = await @operator.HelloAsync();

        Assert.Equal((Sample.Lease(1), NodeLeasePhase.Running), (Assert.Single(hello.Leases).Lease, hello.Leases[0].Phase));
        Assert.InRange(@operator.Attempts, 3, 10);
        await @operator.SayAsync(Sample.Close(Sample.OperatorA, Sample.Lease(1), 600));
        Assert.Equal(CloseReason.Tenant, (await @operator.HearAsync<LeaseEnded>()).Reason);
        await followed.DisposeAsync();
    }

    [Fact]
    public async Task A_node_that_is_stopped_and_started_again_adopts_what_runs_and_hears_its_end()
    {
        await using var @operator = await FakeOperator.StartAsync(Sample.OperatorA);
        await using var node = await WholeNode.StartAsync(@operator);
        await @operator.HelloAsync();
        await @operator.LeaseAsync(Sample.Proposal(Sample.OperatorA, 1, Sample.Manifest(Sample.Batch("sleep 2; exit 3", OnPartition.Keep)), expiry: s_expiry));
        await @operator.HearAsync<WorkloadChanged>(static changed => changed.Status.Phase == WorkloadPhase.Running);
        var supervisor = node.Engine.SupervisorProcessId;

        await node.RestartAsync();
        Assert.Single((await @operator.HelloAsync()).Leases);

        Assert.Equal(supervisor, node.Engine.SupervisorProcessId);
        Assert.Equal(3, (await @operator.ExitAsync(1)).Status.ExitCode);
        Assert.Equal(CloseReason.WorkloadFailed, (await @operator.HearAsync<LeaseEnded>()).Reason);
        Assert.InRange((await node.LedgerAsync()).Leases[Sample.Lease(1)].Seconds, 2, 4);
    }

    [Fact]
    public async Task Secrets_that_were_in_memory_alone_end_the_lease_with_that_reason()
    {
        await using var @operator = await FakeOperator.StartAsync(Sample.OperatorA);
        await using var node = await WholeNode.StartAsync(@operator);
        await @operator.HelloAsync();
        var manifest = Sample.Manifest(Sample.Batch() with { Env = [new ManifestEnv("TOKEN", "x")] });
        await @operator.SayAsync(Sample.Proposal(Sample.OperatorA, 1, manifest, expiry: s_expiry, sealTo: @operator.NodeKey));
        var accepted = (await @operator.HearAsync<ProposalAnswer>()).Accepted!;

        await node.RestartAsync();
        await @operator.HelloAsync();
        await @operator.SayAsync(Sample.Open(Sample.OperatorA, accepted, 60));

        Assert.Contains("secrets", (await @operator.ExitAsync(1)).Status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_nodes_files_are_its_own()
    {
        await using var @operator = await FakeOperator.StartAsync(Sample.OperatorA);
        await using var node = await WholeNode.StartAsync(@operator);
        await @operator.HelloAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(node.DataDirectory));
        foreach (var file in Directory.GetFiles(node.DataDirectory, "node.db*").Where(static file => !file.EndsWith(".lock", StringComparison.Ordinal))) Assert.Equal((file, UnixFileMode.UserRead | UnixFileMode.UserWrite), (file, File.GetUnixFileMode(file)));
    }

    private static async Task<RefusalCode> RefusalAsync(FakeOperator @operator, Proposal proposal)
    {
        await @operator.SayAsync(proposal);
        var answer = await @operator.HearAsync<ProposalAnswer>(answer => answer.Lease == proposal.Lease);
        return Assert.IsType<ProposalRefusal>(answer.Refusal).Code;
    }

    private static async Task AbortedAsync(FakeOperator @operator, StreamPurpose purpose, string because)
    {
        await using var stream = @operator.Link.OpenStream(purpose);
        var aborted = await Assert.ThrowsAsync<LinkStreamAbortedException>(async () => await stream.ReadAsync(new byte[64], Cancel).AsTask().WaitAsync(s_patience, Cancel));
        Assert.Contains(because, aborted.Message, StringComparison.Ordinal);
    }

    private static async Task<string[]> LogAsync(FakeOperator @operator, int lease, bool follow)
    {
        await using var stream = @operator.Link.OpenStream(new LogsPurpose(Sample.Lease(lease), "job", 0, 0, follow));
        await stream.CompleteWritesAsync();
        using var reader = new StreamReader(stream);
        var text = await reader.ReadToEndAsync(Cancel).WaitAsync(s_patience, Cancel);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(static line => JsonSerializer.Deserialize(line, LinkJson.Default.LogBatch)!.Lines).Select(static line => line.Text)];
    }

    /// <summary>As a client that sends all, ends its direction, and waits for the answer. Nothing may listen yet: it asks again.</summary>
    private static async Task<string> RelayedAsync(FakeOperator @operator, byte[] content)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(s_patience);
        while (true)
        {
            try
            {
                await using var stream = @operator.Link.OpenStream(new RelayPurpose(Sample.Lease(1), "job", 8080));
                await stream.WriteAsync(content, patience.Token);
                await stream.CompleteWritesAsync();
                using var reader = new StreamReader(stream);
                return await reader.ReadToEndAsync(patience.Token);
            }
            catch (LinkStreamAbortedException)
            {
                await Task.Delay(50, patience.Token);
            }
        }
    }

    /// <summary>No file of the node holds the text, soon after the lease has ended.</summary>
    private static async Task NothingHoldsAsync(string directory, string text)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(s_patience);
        while (Directory.GetFiles(directory, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).FirstOrDefault(Holds) is { } found)
        {
            Assert.False(patience.IsCancellationRequested, $"{found} holds it");
            await Task.Delay(50, Cancel);
        }

        bool Holds(string file)
        {
            try
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var reader = new StreamReader(stream, Encoding.Latin1);
                return reader.ReadToEnd().Contains(text, StringComparison.Ordinal);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }
}
