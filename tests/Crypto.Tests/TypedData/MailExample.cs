using Grid.Chain.Crypto;

namespace Grid.Tests.Crypto.TypedData;

/// <summary>The example of EIP-712 (its Example.js and Example.sol).</summary>
public sealed class MailExample
{
    private const string Person = "Person(string name,address wallet)";

    private static readonly Eip712Domain s_domain = new("Ether Mail", "1", 1, Address.Parse("0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"));

    [Fact]
    public void The_domain_separator_is_as_published()
    {
        Assert.Equal(
            Hash256.Parse("0x8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f"),
            Eip712.TypeHash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"));
        Assert.Equal(Hash256.Parse("0xf2cee375fa42b42143804025fc449deafd50cc031ca257e0b194a650a912090f"), s_domain.Separator);
    }

    [Fact]
    public void The_mail_with_its_nested_persons_hashes_and_signs_as_published()
    {
        using var cow = PrivateKey.FromBytes(Keccak256.Hash("cow"u8).ToByteArray());
        var mailType = Eip712.TypeHash("Mail(Person from,Person to,string contents)" + Person);
        var mail = Eip712StructHash.Begin(mailType)
            .Add(HashPerson("Cow", "0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"))
            .Add(HashPerson("Bob", "0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB"))
            .AddString("Hello, Bob!")
            .ToHash256();
        var digest = Eip712.Digest(s_domain.Separator, mail);

        Assert.Equal(Hash256.Parse("0xa0cedeb2dc280ba39b857546d74f5549c3a1d7bdc2dd96bf881f76108e23dac2"), mailType);
        Assert.Equal(Hash256.Parse("0xc52c0ee5d84264471806290a3f2c4cecfc5490626bf912d01f240d7a274b371e"), mail);
        Assert.Equal(Hash256.Parse("0xbe609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2"), digest);
        Assert.Equal(Address.Parse("0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"), cow.Address);
        Assert.Equal(
            Signature.Parse("0x4355c47d63924e8a72e509b65029052eb6c299d53a04e167c5775fd466751c9d07299936d304c153f6443dfa05f40ff007d72911b6f72307f996231605b915621c"),
            cow.Sign(digest));
    }

    private static Hash256 HashPerson(string name, string wallet) =>
        Eip712StructHash.Begin(Eip712.TypeHash(Person)).AddString(name).Add(Address.Parse(wallet)).ToHash256();
}
