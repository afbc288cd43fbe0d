using Grid.Chain.Crypto;
using Grid.Protocol.Settlement;

namespace Grid.Tests.Protocol.Settlement;

/// <summary>Roots of one to six leaves a tree, as forge builds them with the contracts' own <c>test/support/Trees.sol</c>.</summary>
public sealed class RootVectors
{
    [Theory]
    [InlineData(
        1,
        "0x8476e91c91c3d2f6b03fb4442ce59ea43a1c02ddba36d7c0c69b8fd626e5d69f",
        "0x7acd7d32db5ec4c6d7cff19e7ad0a41019e8880bde2e3a55ea25c95feebb847b",
        "0x6b4abf14bb2653316a41533d7230a012c9174d254719c0ab7adb74d45159beda",
        "0x7b799fad049683813a9c521b87a74ab5f1113c03d8d1d506e0d09892408ee44a")]
    [InlineData(
        2,
        "0x34639a1ca22fc6cc12e1bb1bf0412c8e3c4cfe5c6e3663124a86691577f78f39",
        "0x6a00f94d7897a8ddaca24f44bf87e8d7b7e9dd573a752e797ddf5c897bb3f449",
        "0x8e12687d57abd4614f2cd4d1be49a95033cb539b982f55c4640be0fdba28f24a",
        "0x5a1d56d2ea3062d58c85758c47a658cbc666133e027cfcfc8b298b926c3e499f")]
    [InlineData(
        3,
        "0xcf2e528ccb12adbc250e263192f1dd45bc17afdde6f34c072c0a293525cf58c0",
        "0x52d4423bcbf90e4cdbc886b957de11867f88cfba577a82e41466373bcbec2bea",
        "0xc08b3b6ccd633520a7696d5915f6070a422218c7b81b224a0c156267b52a1edd",
        "0x50ccd89aa68ff91ff27c8945a61f1f71f24762ebce34041a2b1079bb2ac06516")]
    [InlineData(
        4,
        "0x91041afb6ac38dfcd1c1c1ff36b2ed471113e37d100c03730e0c8a2645b75ca6",
        "0xad2f04a7b8ec0c8ada983cd752c6da58530e127e752ec962c16b7638190c03f0",
        "0xe49308c682831c2a820ae01f9293e033d8c4eb496f064f0a9799266ada091736",
        "0x635a3349fae8fc945e6bacffa2dc81fa2ba1bf8689b73ae49aa15a077068b7b7")]
    [InlineData(
        5,
        "0xa39960dbb5eede70e133d98dac6b71624d87ff545aa8b256539e0f2f1cf78364",
        "0x8b788f7fa769895b723ba89d4089bc27d6da2bd7763e8dd07786924033dd0efa",
        "0xdbc3e23573c1bd565366c1c62528313321b0c095be6a7962e2d264fdc7cd7ed0",
        "0xa3187c9fa11e6ac65c346abe8798153f73465a72b8bf1182aca54ce00b5ac92c")]
    [InlineData(
        6,
        "0xfca3bc441a2e3c42ac69099958cbdb8d659d7719f276b2b0ffd4cd622bd4fee5",
        "0x7bfbfb17d4c612768614db41e5a051ca8b5b4ae0d5bb5e29d0a9d823373b0f29",
        "0x59efd770199cd3ded0d1e74e5676e0797212bbfbe830a2113775882f637137ad",
        "0xa26741121cf7534676bff4964f5708a2c0bca59482f725e6227146e5c05a73f8")]
    public void A_root_is_the_one_that_the_contracts_build(int count, string payers, string providers, string leases, string commitment)
    {
        var root = SampleTrees.Of(count).Root;

        Assert.Equal(Hash256.Parse(payers), root.Payers);
        Assert.Equal(Hash256.Parse(providers), root.Providers);
        Assert.Equal(Hash256.Parse(leases), root.Leases);
        Assert.Equal(Hash256.Parse(commitment), root.Commitment());
    }

    [Fact]
    public void No_root_has_the_zero_commitment()
    {
        var none = new SettlementTrees([], [], []).Root;

        Assert.Equal(SettlementRoot.None, none);
        Assert.Equal(Hash256.Zero, none.Commitment());
    }
}
