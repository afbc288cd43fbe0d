using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts;
using Grid.Chain.Ethereum.Contracts.Deploying;

namespace Grid.Tests.Ethereum.Contracts;

public sealed class DeploymentFiles : IDisposable
{
    private static readonly Address s_deployer = ContractWorld.KeyOf(1).Address;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private static DeploymentPlan Plan { get; } = new(
        31337,
        s_deployer,
        FirstNonce: 7,
        new BlockRef(3, Keccak256.Hash("block"u8)),
        1_800_000_000,
        ChainProfile.Development,
        Governor: s_deployer,
        Arbiter: default,
        Treasury: s_deployer);

    private string Path => System.IO.Path.Combine(_folder.FullName, "chain.json");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The well-known first addresses of anvil's first account.</summary>
    [Fact]
    public void A_created_contracts_address_follows_from_sender_and_nonce()
    {
        var sender = Address.Parse("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");

        Assert.Equal(Address.Parse("0x5FbDB2315678afecb367f032d93F642f64180aa3"), CreatedAddress.Of(sender, 0));
        Assert.Equal(Address.Parse("0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512"), CreatedAddress.Of(sender, 1));
    }

    [Fact]
    public void A_deployment_and_its_plan_come_back_as_they_were_written()
    {
        ChainDeploymentFile.Write(Path, Plan.Deployment());
        DeploymentPlanFile.Write(Path + ".plan", Plan);

        Assert.Equal(Plan.Deployment(), ChainDeploymentFile.Read(Path));
        Assert.Equal(Plan, DeploymentPlanFile.Read(Path + ".plan"));
        Assert.Null(DeploymentPlanFile.Read(Path + ".none"));
    }

    [Theory]
    [InlineData("\"chainId\": 31337", "\"chainId\": 0", "chainId is 0")]
    [InlineData("\"eraSeconds\": 10", "\"eraSeconds\": 0", "eraSeconds is 0")]
    [InlineData("\"exitSeconds\": 132", "\"exitSeconds\": 131", "exitSeconds is 131")]
    [InlineData("\"unbondingSeconds\": 80", "\"unbondingSeconds\": 79", "unbondingSeconds is 79")]
    [InlineData("\"version\": 1", "\"version\": 2", "version is 2")]
    [InlineData("\"genesisUnixSeconds\"", "\"genesis\"", "genesis")]
    [InlineData("\"disputeSeconds\": 6", "\"disputeSeconds\": 0", "dispute")]
    public void A_wrong_field_is_named(string right, string wrong, string expected)
    {
        ChainDeploymentFile.Write(Path, Plan.Deployment());
        var text = File.ReadAllText(Path);
        Assert.Contains(right, text, StringComparison.Ordinal);
        File.WriteAllText(Path, text.Replace(right, wrong, StringComparison.Ordinal));

        var refused = Assert.Throws<InvalidDataException>(() => ChainDeploymentFile.Read(Path));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.Contains(Path, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_contracts_at_one_address_are_refused()
    {
        var deployment = Plan.Deployment();
        var twice = deployment with { Contracts = deployment.Contracts with { Refutations = deployment.Contracts.LeaseClaims } };
        var zero = deployment with { Contracts = deployment.Contracts with { Token = Address.Zero } };

        var refusedTwice = Assert.Throws<ArgumentException>(() => ChainDeploymentFile.Write(Path, twice));
        var refusedZero = Assert.Throws<ArgumentException>(() => ChainDeploymentFile.Write(Path, zero));

        Assert.Contains("leaseClaims and contracts.refutations", refusedTwice.Message, StringComparison.Ordinal);
        Assert.Contains("contracts.token", refusedZero.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Eras_follow_from_genesis()
    {
        var deployment = Plan.Deployment();

        Assert.Equal(1_800_000_010, deployment.EndOfEra(0));
        Assert.Equal(2UL, deployment.EraAt(1_800_000_020));
        Assert.Null(deployment.EraAt(1_799_999_999));
    }
}
