using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Signing;
using Grid.Chain.Ethereum.Transactions;
using Grid.Tests.Ethereum.Anvil;
using Grid.Tests.Ethereum.Rpc;

namespace Grid.Tests.Ethereum.Signing;

public sealed class RemoteSigners : IDisposable
{
    private readonly PrivateKey _key = PrivateKey.Generate();
    private readonly Eip1559Transaction _transaction;

    public RemoteSigners() => _transaction = new Eip1559Transaction(1, 3, new Fees(20, 10), 21_000, _key.Address, 5, new byte[] { 1, 2 });

    public void Dispose() => _key.Dispose();

    [Theory]
    [InlineData(RemoteSignerKind.Web3Signer, "\"{0}\"")]
    [InlineData(RemoteSignerKind.Clef, "{{\"raw\":\"{0}\",\"tx\":{{}}}}")]
    public async Task What_the_signer_signed_is_taken(RemoteSignerKind kind, string shape)
    {
        var signed = SignedTransaction.Sign(_transaction, _key);

        Assert.Equal(signed.Hash, (await SignAsync(kind, string.Format(shape, Hex.Text(signed.Raw)))).Hash);
    }

    [Fact]
    public async Task A_signer_that_changes_a_field_or_the_key_or_answers_nonsense_is_refused()
    {
        using var other = PrivateKey.Generate();
        var changed = SignedTransaction.Sign(_transaction with { ValueWei = 6 }, _key);
        var foreign = SignedTransaction.Sign(_transaction, other);

        foreach (var answer in (string[])[$"\"{Hex.Text(changed.Raw)}\"", $"\"{Hex.Text(foreign.Raw)}\"", "\"0x02c0\"", "\"raw\"", "{}", "7", "null"])
            await HostileServers.FailsAsync(ChainFault.Malformed, SignAsync(RemoteSignerKind.Web3Signer, answer));
    }

    [Fact]
    public async Task A_signer_that_refuses_is_a_refusal() =>
        await HostileServers.FailsAsync(ChainFault.Refused, new RemoteSigner(FakeServer.WithError("""{"code":-32000,"message":"denied"}"""), _key.Address, RemoteSignerKind.Clef).SignAsync(_transaction, CancellationToken.None));

    [Fact]
    public async Task A_node_that_holds_the_key_signs_as_we_do()
    {
        await using var anvil = await AnvilNode.StartAsync();
        using var key = AnvilNode.RichKey();
        var transaction = _transaction with { ChainId = AnvilNode.ChainId, To = null };

        var theirs = await new RemoteSigner(anvil.Endpoint, key.Address, RemoteSignerKind.Web3Signer).SignAsync(transaction, TestContext.Current.CancellationToken);
        var ours = await new KeySigner(key).SignAsync(transaction, TestContext.Current.CancellationToken);

        Assert.Equal(Hex.Text(ours.Raw), Hex.Text(theirs.Raw));
    }

    private Task<SignedTransaction> SignAsync(RemoteSignerKind kind, string answer) =>
        new RemoteSigner(FakeServer.WithResult(answer), _key.Address, kind).SignAsync(_transaction, CancellationToken.None);
}
