using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Eras;

namespace Grid.CommandLine.OnChain;

/// <summary>What a provider has earned with uptime: by the newest leaf that the chain pays by. The leaf is cumulative, so that no older one is needed.</summary>
internal static class Rewards
{
    /// <returns>What was paid; zero where nothing is due yet, or the pool is empty: then the leaf stays good.</returns>
    public static async Task<Money> ClaimAsync(OpenChain chain, GridClient client, ProviderId provider, CancellationToken cancellation)
    {
        if (await NewestAsync(chain, client, provider, cancellation) is not { } proof) return Money.Zero;
        var distributor = chain.Grid.RewardsDistributor;
        var before = await chain.ReadAsync(distributor.ClaimedBy(provider), cancellation);
        var due = proof.Proof.Leaf.Rewards - before;
        if (due <= Money.Zero) return Money.Zero;
        if (await PoolAsync(chain, cancellation) < due) await chain.SendAsync("top up rewards", distributor.TopUp(), cancellation);
        if (await PoolAsync(chain, cancellation) == Money.Zero) return Money.Zero;
        await chain.SendAsync("claim rewards", distributor.Claim(proof.Era, proof.Proof), cancellation);
        return await chain.ReadAsync(distributor.ClaimedBy(provider), cancellation) - before;
    }

    /// <returns>Null where no final era that this operator knows has a leaf of the provider.</returns>
    private static async Task<(ulong Era, EraLeafProof Proof)?> NewestAsync(OpenChain chain, GridClient client, ProviderId provider, CancellationToken cancellation)
    {
        if ((await client.GetErasAsync(cancellation)).LastCommitted is not { } last) return null;
        for (var (era, looked) = (last, 0); looked < Limits.ErasLookedBack; era--, looked++)
        {
            if (await IsPaidByAsync(chain, era, cancellation) && (await client.GetEraAsync(era, cancellation)).Record is { } record)
            {
                var proof = (await client.GetEraRecordAsync(record, cancellation)).Tree().Find(provider);
                if (proof is not null && await chain.ReadAsync(chain.Grid.AttestationLedger.Verify(era, proof), cancellation)) return (era, proof);
            }

            if (era == 0) break;
        }

        return null;
    }

    private static async Task<bool> IsPaidByAsync(OpenChain chain, ulong era, CancellationToken cancellation)
    {
        var committed = await chain.ReadAsync(chain.Grid.AttestationLedger.EraOf(era), cancellation);
        return committed.IsCommitted && await chain.NowAsync(cancellation) >= committed.CommittedAtUnixSeconds + chain.Grid.Windows.FinalitySeconds;
    }

    private static Task<Money> PoolAsync(OpenChain chain, CancellationToken cancellation) =>
        chain.ReadAsync(chain.Grid.Token.BalanceOf(chain.Grid.Contracts.RewardsDistributor), cancellation);
}
