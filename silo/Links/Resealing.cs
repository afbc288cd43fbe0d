using System.Security.Cryptography;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Sealing;
using Grid.Silo.Hosting;

namespace Grid.Silo.Links;

/// <summary>Opens what a tenant sealed to the operator and seals it to the chosen node, in memory alone.</summary>
internal static class Resealing
{
    /// <exception cref="SealingException">It was not sealed by this tenant to this operator.</exception>
    public static SealedSecret ForNode(SealedSecret secret, OperatorKeys keys, Address payer, LeaseId lease, SealingPublicKey node)
    {
        var clear = secret.Sealed.Open(keys.Sealing, SealingContext.TenantSecret(payer, secret.Service, secret.Name));
        try
        {
            return secret with { Sealed = SealedBytes.Seal(node, clear, SealingContext.LeaseSecret(lease, secret.Service, secret.Name)) };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }
}
