using Grid.Chain.Crypto;

namespace Grid.Tests.Crypto.Text;

/// <summary>The examples of EIP-55.</summary>
public sealed class AddressText
{
    [Theory]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData("0x8617E340B3D01FA5F11F306F4090FD50E238070D")]
    [InlineData("0xde709f2102306220921060314715629080e2fb77")]
    [InlineData("0x27b1fdb04752bbc536007a920d24acb045561c26")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [InlineData("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [InlineData("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    public void An_address_is_written_with_its_checksum_and_read_without(string text)
    {
        Assert.Equal(text, Address.Parse(text).ToString());
        Assert.Equal(text, Address.Parse(text.ToLowerInvariant()).ToString());
    }

    [Fact]
    public void Addresses_whose_texts_are_remembered_in_one_place_are_told_apart()
    {
        var (first, second) = (Address.Parse("0x0000000100000000000000000000000000000000"), Address.Parse("0x0000000000000000000000000000000100000000"));
        Assert.Equal(first.GetHashCode(), second.GetHashCode());

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("0x0000000100000000000000000000000000000000", first.ToString());
            Assert.Equal("0x0000000000000000000000000000000100000000", second.ToString());
        }
    }

    [Theory]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD")]
    [InlineData("0x5aeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg")]
    [InlineData("")]
    public void A_mistyped_address_is_refused(string text) => Assert.False(Address.TryParse(text, out _));
}
