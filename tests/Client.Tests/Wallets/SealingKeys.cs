using Grid.Chain.Crypto;
using Grid.Client;

namespace Grid.Tests.Client.Wallets;

public sealed class SealingKeys
{
    [Fact]
    public void One_wallet_gives_one_sealing_key_wherever_it_is_opened()
    {
        using var here = new Wallet(PrivateKey.FromBytes(Secret(1)));
        using var there = new Wallet(PrivateKey.FromBytes(Secret(1)));

        Assert.Equal(here.SealingKey.PublicKey, there.SealingKey.PublicKey);
    }

    [Fact]
    public void The_key_of_a_known_wallet_never_changes()
    {
        using var wallet = new Wallet(PrivateKey.FromBytes(Secret(1)));

        // HKDF-SHA256 of 31 zero bytes and a one, computed apart from this code: whoever changes it makes old results unreadable.
        Assert.Equal(Golden, wallet.SealingKey.PublicKey.ToString());
    }

    [Fact]
    public void Two_wallets_give_two_sealing_keys()
    {
        using var one = new Wallet(PrivateKey.FromBytes(Secret(1)));
        using var other = new Wallet(PrivateKey.FromBytes(Secret(2)));

        Assert.NotEqual(one.SealingKey.PublicKey, other.SealingKey.PublicKey);
    }

    private const string Golden =
        "0x04cebe81f6c15e96e960d6c4439bd12eb92521e9021aa65315f1955c87f343e57035b1cc431667b28460544c417e8e0a080dfeeae0d84db0e7fbae155d51bf6be7";

    private static byte[] Secret(byte last)
    {
        var secret = new byte[PrivateKey.SizeBytes];
        secret[^1] = last;
        return secret;
    }
}
