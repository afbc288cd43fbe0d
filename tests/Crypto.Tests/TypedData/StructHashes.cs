using Grid.Chain.Crypto;

namespace Grid.Tests.Crypto.TypedData;

public sealed class StructHashes
{
    private static readonly Hash256 s_type = Keccak256.Hash("a type"u8);

    /// <summary>The type hash of ERC-2612, as OpenZeppelin's and Uniswap's contracts carry it.</summary>
    [Fact]
    public void The_type_hash_of_a_permit_is_as_published() => Assert.Equal(
        Hash256.Parse("0x6e71edae12b1b97f4d1f60370fef10105fa2faae0126114a169c64845d6126c9"),
        Eip712.TypeHash("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"));

    [Fact]
    public void Every_field_is_one_word_padded_as_solidity_pads_it()
    {
        var expected = Convert.ToHexStringLower(s_type.ToByteArray())
            + "0000000000000000000000005aaeb6053f3e94c9b9a09f33669435e7ef1beaed"
            + "000000000000000000000000000000000000000000000000ffffffffffffffff"
            + "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe"
            + "00000000000000000000000000000000000000000000000100000000000000ff"
            + "0000000000000000000000000000000000000000000000000000000000000001"
            + "0000000000000000000000000000000000000000000000000000000000000000"
            + "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45";

        var actual = Eip712StructHash.Begin(s_type)
            .Add(Address.Parse("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"))
            .Add(ulong.MaxValue)
            .Add(-2L)
            .Add(new UInt128(1, 255))
            .Add(true)
            .Add(false)
            .AddBytes("abc"u8)
            .ToHash256();

        Assert.Equal(Keccak256.Hash(Convert.FromHexString(expected)), actual);
    }

    [Fact]
    public void Signed_and_unsigned_numbers_encode_alike_where_both_can_hold_them() => Assert.Equal(
        Eip712StructHash.Begin(s_type).Add(long.MaxValue).Add(7u).ToHash256(),
        Eip712StructHash.Begin(s_type).Add((ulong)long.MaxValue).Add((UInt128)7).ToHash256());

    [Fact]
    public void More_fields_than_the_limit_are_refused()
    {
        var full = Eip712StructHash.Begin(s_type);
        for (var i = 0; i < Limits.MaxStructFields; i++) full.Add(true);

        Assert.Throws<InvalidOperationException>(() => full.Add(true));
    }

    [Fact]
    public void A_changed_copy_of_a_domain_has_a_separator_of_its_own()
    {
        var domain = new Eip712Domain("Compute Grid", "1", 1, Address.Zero);
        var separator = domain.Separator;
        var other = domain with { ChainId = 2 };

        Assert.NotEqual(separator, other.Separator);
        Assert.NotEqual(domain, other);
        Assert.Equal(domain, other with { ChainId = 1 });
    }
}
