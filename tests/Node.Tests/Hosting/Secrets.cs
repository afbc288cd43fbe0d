using Grid.Node.Hosting;
using Grid.Node.Leases;
using Grid.Protocol.Manifests;
using Grid.Protocol.Sealing;
using Grid.Tests.Node.Leases;

namespace Grid.Tests.Node.Hosting;

public sealed class Secrets
{
    private static readonly SecretRef s_token = new("job", SecretKind.Env, "TOKEN");

    [Fact]
    public void An_operator_can_neither_change_nor_forget_the_secrets_of_anothers_lease()
    {
        using var sealing = SealingKeyPair.Generate();
        var vault = new SecretVault(new NodeIdentity(Sample.NodeKey, Sample.Domain, sealing));
        vault.Take(Sample.OperatorA.Address, Sample.Proposal(Sample.OperatorA, 1, With("mine"), sealTo: sealing.PublicKey));
        vault.Take(Sample.OperatorB.Address, Sample.Proposal(Sample.OperatorB, 1, With("yours"), sealTo: sealing.PublicKey));
        vault.Forget(Sample.OperatorB.Address, Sample.Lease(1));

        Assert.Equal("mine", vault.Find(Sample.OperatorA.Address, Sample.Lease(1), s_token));
        Assert.Null(vault.Find(Sample.OperatorB.Address, Sample.Lease(1), s_token));

        vault.Forget(Sample.Lease(1));
        Assert.Null(vault.Find(Sample.OperatorA.Address, Sample.Lease(1), s_token));
    }

    [Fact]
    public void A_secret_of_one_lease_does_not_open_for_another()
    {
        using var sealing = SealingKeyPair.Generate();
        var vault = new SecretVault(new NodeIdentity(Sample.NodeKey, Sample.Domain, sealing));
        var replayed = Sample.Proposal(Sample.OperatorA, 1, With("mine"), sealTo: sealing.PublicKey) with { Lease = Sample.Lease(2) };

        Assert.Throws<SealingException>(() => vault.Take(Sample.OperatorA.Address, replayed));
    }

    private static Manifest With(string value) => Sample.Manifest(Sample.Batch() with { Env = [new ManifestEnv("TOKEN", value)] });
}
