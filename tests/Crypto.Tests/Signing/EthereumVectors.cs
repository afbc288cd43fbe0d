using Grid.Chain.Crypto;

namespace Grid.Tests.Crypto.Signing;

public sealed class EthereumVectors
{
    /// <summary>The example transaction of EIP-155 (its v = 37 is recovery id 0).</summary>
    [Fact]
    public void The_example_of_eip_155_is_signed_and_recovered()
    {
        using var key = PrivateKey.FromBytes(Convert.FromHexString("4646464646464646464646464646464646464646464646464646464646464646"));
        var digest = Hash256.Parse("0xdaf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53");
        var expected = Signature.Parse(
            "0x28ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa63627667cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d831b");

        Assert.Equal(Address.Parse("0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F"), key.Address);
        Assert.Equal(expected, key.Sign(digest));
        Assert.True(Secp256k1.Verify(key.Address, digest, expected));
    }

    /// <summary>The vector of go-ethereum's crypto/signature_test.go (its recovery id 1 is v = 28).</summary>
    [Fact]
    public void Every_engine_recovers_the_key_of_go_ethereums_vector()
    {
        var digest = Hash256.Parse("0xce0677bb30baa8cf067c88db9811f4333d131bf8bcf12fe7065d211dce971008");
        var signature = Signature.Parse(
            "0x90f27b8b488db00b00606796d2987f6a5f59ae62ea05effe84fef5b8b0e549984a691139ad57a3f0b906637673aa2f63d1f55cb1a69199d4009eea23ceaddc931c");

        foreach (var engine in Engines.All)
        {
            var key = new byte[65];
            Assert.True(engine.TryRecover(digest, signature, key));
            Assert.Equal(
                "04e32df42865e97135acfb65f3bae71bdc86f4d49150ad6a440b6f15878109880a0a2b2667f7e725ceea70c673093bf67663e0312623c8e091b13cf2c0f11ef652",
                Convert.ToHexStringLower(key));
        }
    }

    /// <summary>The example of the web3.js documentation of accounts.sign.</summary>
    [Fact]
    public void A_personal_message_is_signed_as_published()
    {
        using var key = PrivateKey.FromBytes(Convert.FromHexString("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318"));
        var digest = Eip191.Hash("Some data");

        Assert.Equal(Address.Parse("0x2c7536E3605D9C16a7a3D7b1898e529396a65c23"), key.Address);
        Assert.Equal(Hash256.Parse("0x1da44b586eb0729ff70a73c326926f6ed5a25f5b056e7f47fbc6e58d86871655"), digest);
        Assert.Equal(
            Signature.Parse("0xb91467e570a6466aa9e9876cbcd013baba02900b8979d43fe208a4a4f339f5fd6007e74cd82e037b800186422fc2da167c747ef045e5d18a5f5d4300f8e1a0291c"),
            key.Sign(digest));
    }

    /// <summary>The example of the ethers documentation of hashMessage.</summary>
    [Fact]
    public void Hello_world_hashes_as_published() =>
        Assert.Equal(Hash256.Parse("0xa1de988600a42c4b4ab089b619297c17d53cffae5d5120d82d8a92d0bb3b78f2"), Eip191.Hash("Hello World"));

    [Fact]
    public void A_personal_message_counts_bytes_not_characters() =>
        Assert.Equal(Keccak256.Hash("\u0019Ethereum Signed Message:\n3€"u8), Eip191.Hash("€"));

    [Fact]
    public void Data_for_a_validator_names_it()
    {
        var validator = Address.Parse("0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F");

        Assert.Equal(
            Keccak256.Hash(Convert.FromHexString("19009d8a62f656a8d1615c1294fd71e9cfb3e4855a4f0102")),
            Eip191.HashForValidator(validator, [1, 2]));
    }
}
