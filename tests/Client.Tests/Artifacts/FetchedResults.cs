using System.Net;
using System.Text;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;
using Grid.Tests.Client.Operators;

namespace Grid.Tests.Client.Artifacts;

public sealed class FetchedResults : IDisposable
{
    private const string Content = "the result";

    private static readonly LeaseId Lease = new(Hash256.Parse("0x" + new string('3', 64)));
    private static readonly ArtifactEntry Reported = new("job", 0, "result.txt", ContentHash.OfUtf8(Content), Content.Length);

    private readonly FakeOperator _operator = new();
    private readonly Wallet _wallet = new(PrivateKey.Generate());
    private readonly TemporaryFolder _folder = new();
    private readonly GridClient _client;

    public FetchedResults() => _client = _operator.Connect(_wallet);

    [Fact]
    public async Task A_result_is_opened_with_the_wallet()
    {
        await ServeAsync(Content, _wallet.SealingKey.PublicKey);

        await _client.FetchAsync(Lease, Reported, _folder.File("deep/result.txt"));

        Assert.Equal(Content, await File.ReadAllTextAsync(_folder.File("deep/result.txt")));
    }

    [Fact]
    public async Task A_result_that_was_changed_is_thrown_away()
    {
        await ServeAsync("tHe result", _wallet.SealingKey.PublicKey);

        var failed = await Assert.ThrowsAsync<GridException>(() => _client.FetchAsync(Lease, Reported, _folder.File("result.txt")));

        Assert.Equal(GridErrorKind.BadAnswer, failed.Kind);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    [Fact]
    public async Task A_result_for_another_wallet_cannot_be_opened()
    {
        using var other = new Wallet(PrivateKey.Generate());
        await ServeAsync(Content, other.SealingKey.PublicKey);

        var failed = await Assert.ThrowsAsync<GridException>(() => _client.FetchAsync(Lease, Reported, _folder.File("result.txt")));

        Assert.Equal(GridErrorKind.BadAnswer, failed.Kind);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    [Fact]
    public async Task A_file_that_is_there_stays_as_it_is_until_the_new_one_is_whole()
    {
        var path = _folder.Write("result.txt", "old");
        await ServeAsync("tHe result", _wallet.SealingKey.PublicKey);

        await Assert.ThrowsAsync<GridException>(() => _client.FetchAsync(Lease, Reported, path));
        Assert.Equal("old", await File.ReadAllTextAsync(path));

        await ServeAsync(Content, _wallet.SealingKey.PublicKey);
        await _client.FetchAsync(Lease, Reported, path);
        Assert.Equal(Content, await File.ReadAllTextAsync(path));
    }

    public void Dispose()
    {
        _client.Dispose();
        _operator.Dispose();
        _wallet.Dispose();
        _folder.Dispose();
    }

    private async Task ServeAsync(string content, SealingPublicKey recipient)
    {
        using var sealedContent = new MemoryStream();
        using var plaintext = new MemoryStream(Encoding.UTF8.GetBytes(content));
        await SealedStream.SealAsync(recipient, plaintext, sealedContent, SealingContext.Artifact(Lease, "job", "result.txt"), default);
        var bytes = sealedContent.ToArray();
        _operator.Answers[ApiRoutes.OfArtifact(Lease, "job", "result.txt")] = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(bytes) };
    }
}
