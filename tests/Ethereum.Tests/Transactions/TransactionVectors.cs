using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Rlp;
using Grid.Chain.Ethereum.Transactions;

namespace Grid.Tests.Ethereum.Transactions;

public sealed class TransactionVectors
{
    private static readonly Address s_to = Address.Parse("0x000000000000000000000000000000000000aaaa");

    /// <summary>From ethereumjs, packages/tx/test/json/eip1559.json: chain 7822, one key.</summary>
    [Theory]
    [InlineData(819, 43203529, 35552, 75853, 121212, "02f870821e8e8203338301284d8301d97c828ae094000000000000000000000000000000000000aaaa8402933bc980c080a0d067f2167008c59219652f91cbf8788dbca5f771f6e91e2b7657e85b78b472e0a01d305af9fe81fdba43f0dfcd400ed24dcace0a7e30d4e85701dcaaf484cd079e")]
    [InlineData(353, 61901619, 32593, 38850, 136295, "02f86f821e8e8201618297c283021467827f5194000000000000000000000000000000000000aaaa8403b08b3380c001a004205678f13fc1d7b10feea6513dfa76e24418b6e08097d95c6f93a3b64e536da01d45ad61bfece43862de2cce7d2575a8c1d08c26c87f3cb5f26d7b0be54a91b2")]
    [InlineData(985, 32531825, 68541, 66377, 136097, "02f871821e8e8203d983010349830213a183010bbd94000000000000000000000000000000000000aaaa8401f0657180c001a0e6d23c5ecc0f388a4d41a9523c3ad171e98083a61288c340b968dfe0903a6741a07319e8d54a4fd8f0c081d3ce093d869f9df598481991c8534bfd8f2c163884b4")]
    [InlineData(709, 6478043, 28335, 86252, 94636, "02f86f821e8e8202c5830150ec830171ac826eaf94000000000000000000000000000000000000aaaa8362d8db80c001a09880d133cd636f8c8dce32e2c43494b9f2dc000eee8dc61931e09f866ed04b46a00e44d5c503c7f08b36c8b062c32a963f3dd20a71e95e3d903bfbe7f4da47cd47")]
    [InlineData(939, 2782905, 45047, 45216, 91648, "02f86e821e8e8203ab82b0a08301660082aff794000000000000000000000000000000000000aaaa832a76b980c001a0a0e7d9b07c7ec68f24788a554f993b99d59a3f08439cc6c942f62ea0341f2aeba078122b9957c146f7c87811bd58a7e9916ca8c07dabcf875b97bbdef79cb9c197")]
    [InlineData(119, 65456115, 62341, 24721, 107729, "02f86d821e8e778260918301a4d182f38594000000000000000000000000000000000000aaaa8403e6c7f380c001a0e38e239770801eb995498c821e55ac9c19ae09184bb27b34be105e02fe3b7615a067c64ca6bd6d9107e85fd581ab2e70a14b637eb36505bb40861ef9d6e800cab6")]
    public void A_signed_transaction_has_the_published_bytes(ulong nonce, int value, ulong gas, int priority, int max, string raw)
    {
        using var key = PrivateKey.FromBytes(Hex.Bytes("8f2a55949038a9610f50fb23b5883af3b4ecb3c3bb792cbcefbd1542c692be63"));
        var transaction = new Eip1559Transaction(7822, nonce, new Fees((UInt128)max, (UInt128)priority), gas, s_to, (UInt128)value, default);

        var signed = SignedTransaction.Sign(transaction, key);
        var decoded = SignedTransaction.Decode(Hex.Bytes(raw));

        Assert.Equal("0x" + raw, Hex.Text(signed.Raw));
        Assert.Equal(transaction, decoded.Transaction);
        Assert.Equal(key.Address, decoded.Sender);
        Assert.Equal(signed.Hash, decoded.Hash);
    }

    /// <summary>Made by anvil 1.7.1's eth_signTransaction with its first development account.</summary>
    [Fact]
    public void What_another_client_signed_is_decoded()
    {
        var signed = SignedTransaction.Decode(Hex.Bytes("02f868827a698001847735940082520894f39fd6e51aad88f6f4ce6ab8827279cfffb922660180c080a0b9958fd8ceaa3eac562e371390096491d6c9e895dbf3b1612104faf8dae4f115a01c1b75ca3a075d947840c52adc05a22c98bc28b71776cb5ae1607268343636a8"));

        Assert.Equal(Address.Parse("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"), signed.Sender);
        Assert.Equal(new Fees(2_000_000_000, 1), signed.Transaction.Fees);
    }

    /// <summary>Of github.com/ethereum/tests, TransactionTests/ttEIP1559, and neighbours of a valid one.</summary>
    [Theory]
    [InlineData("02f88701808477359400a100ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff82520894095e7baea6a6c7c4c2dfeb977efac326af552d878080c080a05cbd172231fc0735e0fb994dd5b1a4939170a260b36f0427a8a80866b063b948a07c230f7f578dd61785c93361b9871c0706ebfa6d06e3f4491dc9558c5202ed36")]
    [InlineData("02f88601808477359400a0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff82520894095e7baea6a6c7c4c2dfeb977efac326af552d878080c080a05cbd172231fc0735e0fb994dd5b1a4939170a260b36f0427a8a80866b063b948a07c230f7f578dd61785c93361b9871c0706ebfa6d06e3f4491dc9558c5202ed36")]
    [InlineData("02f8870180a101000000000000000000000000000000000000000000000000000000000000000084b2d05e0082520894095e7baea6a6c7c4c2dfeb977efac326af552d878080c080a05cbd172231fc0735e0fb994dd5b1a4939170a260b36f0427a8a80866b063b948a07c230f7f578dd61785c93361b9871c0706ebfa6d06e3f4491dc9558c5202ed36")]
    [InlineData("02f868827a698001847735940082520894f39fd6e51aad88f6f4ce6ab8827279cfffb922660180c002a0b9958fd8ceaa3eac562e371390096491d6c9e895dbf3b1612104faf8dae4f115a01c1b75ca3a075d947840c52adc05a22c98bc28b71776cb5ae1607268343636a8")]
    [InlineData("01c0")]
    [InlineData("03c0")]
    [InlineData("c0")]
    [InlineData("")]
    public void What_is_no_valid_transaction_of_type_2_is_refused(string raw) => Assert.Throws<RlpException>(() => SignedTransaction.Decode(Hex.Bytes(raw)));

    [Fact]
    public void A_tip_above_the_cap_is_refused()
    {
        using var key = PrivateKey.Generate();
        var signed = SignedTransaction.Sign(new Eip1559Transaction(1, 0, new Fees(1, 2), 21_000, s_to, 0, default), key);

        Assert.Throws<RlpException>(() => SignedTransaction.Decode(signed.Raw));
    }

    [Fact]
    public void Creation_and_access_lists_survive_the_way()
    {
        using var key = PrivateKey.Generate();
        var transaction = new Eip1559Transaction(31337, ulong.MaxValue, new Fees(UInt128.MaxValue, 0), 1, null, UInt128.MaxValue, new byte[] { 0, 1, 2 },
            [new AccessedAccount(s_to, [Hash256.Zero, Keccak256.Hash("slot"u8)]), new AccessedAccount(key.Address, [])]);

        var decoded = SignedTransaction.Decode(SignedTransaction.Sign(transaction, key).Raw);

        Assert.Equal(transaction, decoded.Transaction);
        Assert.Equal(key.Address, decoded.Sender);
        Assert.Null(decoded.Transaction.To);
        Assert.Equal(2, decoded.Transaction.AccessList.Length);
    }
}
