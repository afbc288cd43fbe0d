using System.Text;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Manifests;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;
using Grid.Tests.Client.Operators;

namespace Grid.Tests.Client.Deploying;

public sealed class Deployments : IDisposable
{
    private readonly FakeOperator _operator = new();
    private readonly Wallet _wallet = new(PrivateKey.Generate());
    private readonly TemporaryFolder _folder = new();
    private readonly GridClient _client;

    public Deployments() => _client = _operator.Connect(_wallet);

    [Fact]
    public async Task The_operator_gets_what_the_tenant_signed()
    {
        var deployed = await _client.DeployAsync(File(), new DeployOptions());

        var request = Assert.Single(_operator.Submitted);
        var authorization = request.Authorization;
        Assert.True(authorization.IsSignedBy(_wallet.Address, GridDomain.Local));
        Assert.Equal(_operator.Key.Address, authorization.Value.Operator);
        Assert.Equal(5ul, authorization.Value.Sequence);
        Assert.Equal(authorization, deployed.Authorization);
        Assert.Equal(SealedManifest.HashOf(SealedManifest.Read(request.Manifest)), authorization.Value.ManifestHash);
        Assert.Equal(DeploymentIds.Derive(authorization.Value, GridDomain.Local), deployed.Deployment);
        Assert.True(request.TenantKey!.IsValidFor(_wallet.Address, GridDomain.Local, DateTimeOffset.UtcNow));
        Assert.Equal(_wallet.SealingKey.PublicKey, request.TenantKey.PublicKey);
    }

    [Fact]
    public async Task Ceilings_follow_from_the_manifest_and_what_is_committed_already()
    {
        await _client.DeployAsync(File(), new DeployOptions());

        var authorization = Assert.Single(_operator.Submitted).Authorization.Value;
        Assert.Equal(6_000_000, authorization.MaxRatePerHour.MicroUnits);
        Assert.Equal(Money.FromTokens(12), authorization.MaxTotal);
        Assert.Equal(Money.FromTokens(12 + 7), authorization.CumulativeMax);
    }

    [Fact]
    public async Task Nothing_is_signed_for_an_operator_that_says_that_more_is_committed_than_was_signed()
    {
        var first = (await _client.DeployAsync(File(), new DeployOptions())).Authorization.Value;
        var known = new DeployOptions(LastAuthorization: _ => first);
        _operator.CommittedMax = first.CumulativeMax;
        await _client.DeployAsync(File(), known);

        (_operator.LastSequence, _operator.CommittedMax) = (first.Sequence, first.CumulativeMax + new Money(1));
        var refused = await Assert.ThrowsAsync<GridException>(() => _client.DeployAsync(File(), known));
        Assert.Equal(GridErrorKind.BadAnswer, refused.Kind);
        _operator.LastSequence = 0;
        await Assert.ThrowsAsync<GridException>(() => _client.DeployAsync(File(), new DeployOptions()));
        Assert.Equal(2, _operator.Submitted.Count);
    }

    [Fact]
    public async Task No_more_is_authorized_than_there_is()
    {
        _operator.Available = Money.FromTokens(5);

        await _client.DeployAsync(File(), new DeployOptions());

        Assert.Equal(Money.FromTokens(5), Assert.Single(_operator.Submitted).Authorization.Value.MaxTotal);
    }

    [Fact]
    public async Task An_empty_account_is_told_to_deposit()
    {
        _operator.Available = Money.Zero;

        var refused = await Assert.ThrowsAsync<GridException>(() => _client.DeployAsync(File(), new DeployOptions()));

        Assert.Contains("wallet fund", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_operator.Submitted);
    }

    [Fact]
    public async Task Secrets_leave_only_sealed_to_the_operator()
    {
        await _client.DeployAsync(File(), new DeployOptions());

        var request = Assert.Single(_operator.Submitted);
        Assert.DoesNotContain(Manifests.Secret, request.Manifest, StringComparison.Ordinal);
        var secret = Assert.Single(request.Secrets, secret => secret.Name == "TOKEN");
        var opened = secret.Sealed.Open(_operator.Sealing, SealingContext.TenantSecret(_wallet.Address, "job", "TOKEN"));
        Assert.Equal(Manifests.Secret, Encoding.UTF8.GetString(opened));
        Assert.Contains(secret.Sealed.Hash.ToString(), request.Manifest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inputs_are_uploaded_sealed_before_the_deployment_names_them()
    {
        await _client.DeployAsync(File("print 42;"), new DeployOptions());

        var input = Assert.Single(Assert.Single(_operator.Submitted).Inputs);
        Assert.Equal(("job", "job.pl", 9), (input.Input.Service, input.Input.Name, (int)input.Input.Bytes));
        Assert.Equal(ContentHash.OfUtf8("print 42;"), input.Input.Sha256);
        using var opened = new MemoryStream();
        await SealedStream.OpenAsync(
            _operator.Sealing, new MemoryStream(_operator.Uploaded[input.SealedSha256.ToString()]), opened, SealingContext.TenantInput(_wallet.Address, "job", "job.pl"), 100, default);
        Assert.Equal("print 42;", Encoding.UTF8.GetString(opened.ToArray()));
        Assert.True(_operator.Asked.IndexOf($"PUT /v1/inputs/{input.SealedSha256}") < _operator.Asked.IndexOf("POST /v1/deployments"));
    }

    [Fact]
    public async Task A_missing_input_is_named_before_anything_is_sent()
    {
        var file = File();
        System.IO.File.Delete(_folder.File("job.pl"));

        var refused = await Assert.ThrowsAsync<GridException>(() => _client.DeployAsync(file, new DeployOptions()));

        Assert.Equal(GridErrorKind.InvalidInput, refused.Kind);
        Assert.Contains("job.pl", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_operator.Asked, asked => asked.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_again_with_the_same_authorization()
    {
        await _client.GetAccountAsync(_wallet.Address);
        await _client.GetOperatorAsync();
        var isLost = false;
        for (var i = 0; i < 20; i++)
            _operator.Failures.Enqueue(request =>
            {
                if (request.RequestUri!.AbsolutePath != "/v1/deployments" || isLost) return null;
                isLost = true;
                throw new HttpRequestException("reset after it was sent");
            });

        await _client.DeployAsync(File(), new DeployOptions());

        Assert.True(isLost);
        Assert.Single(_operator.Submitted);
        Assert.Equal(2, _operator.Asked.Count(asked => asked == "POST /v1/deployments"));
    }

    [Fact]
    public async Task A_sequence_that_somebody_else_took_is_read_again()
    {
        await _client.GetAccountAsync(_wallet.Address);
        await _client.GetOperatorAsync();
        var isTaken = false;
        for (var i = 0; i < 20; i++)
            _operator.Failures.Enqueue(request =>
            {
                if (request.RequestUri!.AbsolutePath == "/v1/deployments" && !isTaken) (isTaken, _operator.LastSequence) = (true, 9);
                return null;
            });

        await _client.DeployAsync(File(), new DeployOptions());

        Assert.Equal(10ul, Assert.Single(_operator.Submitted).Authorization.Value.Sequence);
    }

    [Fact]
    public void Unknown_keys_stop_a_deployment_unless_they_are_allowed()
    {
        var path = _folder.Write("deploy.yaml", Manifests.Batch.Replace("  name: job", "  name: job\n  colour: red", StringComparison.Ordinal));

        var refused = Assert.Throws<GridException>(() => ManifestFile.Read(path));

        Assert.Contains("colour", refused.Message, StringComparison.Ordinal);
        Assert.Single(ManifestFile.Read(path, allowUnknown: true).Reading.UnknownKeys);
    }

    public void Dispose()
    {
        _client.Dispose();
        _operator.Dispose();
        _wallet.Dispose();
        _folder.Dispose();
    }

    private ManifestFile File(string script = "print 1;")
    {
        _folder.Write("job.pl", script);
        return ManifestFile.Read(_folder.Write("deploy.yaml", Manifests.Batch));
    }
}
