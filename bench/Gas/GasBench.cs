using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Contracts;
using Grid.Protocol;
using Grid.Protocol.Eras;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;

namespace Grid.Bench.Gas;

/// <summary>What the grid's transactions cost, each sent for real.</summary>
internal static class GasBench
{
    private const int Leaves = 65_536;
    private const int LeavesOfDepth17 = 131_072;

    /// <summary>Also the number of providers: the tree of earnings has depth 10.</summary>
    private const int Leases = 1_000;
    private const int Payers = 50;

    private static readonly Money s_deposit = Money.FromTokens(10_000);
    private static readonly int[] s_claimed = [0, 1, 127, 511, 512, 700, 998, 999];

    public static async Task<GasBenchResult> RunAsync(CancellationToken stop)
    {
        await using var chain = await BenchChain.StartAsync(stop);
        var eraCommit = await CommitAsync(chain, 0, EraOf(0, Leaves), stop);
        var (verify, verifyTransaction) = await VerifyAsync(chain, stop);
        var (depositFirst, deposit) = await DepositAsync(chain, stop);
        await SettleAsync(chain, SettlementRoot.None, TreesOf(chain, 1), stop);
        var claimFirst = await ClaimAsync(chain, TreesOf(chain, 1), stop);
        var again = TreesOf(chain, 2);
        var second = await SettleAsync(chain, TreesOf(chain, 1).Root, again, stop);
        var claim = await ClaimAsync(chain, again, stop);
        var withdraw = await WithdrawAsync(chain, again, stop);
        return new GasBenchResult(
            eraCommit,
            chain.Operators.Count,
            Leaves,
            verify,
            verifyTransaction,
            second.Posted,
            Leases,
            Math.Round((double)second.Posted / Leases, 1),
            second.Finalized,
            claim,
            claimFirst,
            deposit,
            depositFirst,
            withdraw,
            new GasReference(await chain.SendCoinAsync(stop), await TransferAsync(chain, stop)));
    }

    private static EraTree EraOf(ulong era, int leaves) => EraTree.Build(
        era,
        Enumerable.Range(0, leaves)
            .Select(number => new EraLeaf(ProviderOf(number), 990_000, 3, (ulong)number % 97, new Money(1_000_003L * number)))
            .OrderBy(leaf => leaf.Provider)
            .ToArray());

    private static async Task<ulong> CommitAsync(BenchChain chain, ulong era, EraTree tree, CancellationToken stop)
    {
        var vote = new EraRoot(era, tree.Root, (uint)tree.Count, Money.FromTokens(1_000));
        var votes = chain.Operators.Select(key => new OperatorVote(key.Address, vote.Sign(key, chain.Grid.Domain).Signature));
        await chain.PassAsync(Math.Max(0, chain.Grid.EndOfEra(era) - await chain.NowAsync(stop)), stop);
        return await chain.SendAsync(chain.Owner, chain.Grid.AttestationLedger.Commit(vote, votes), stop);
    }

    private static async Task<(ulong Execution, ulong Transaction)> VerifyAsync(BenchChain chain, CancellationToken stop)
    {
        var tree = EraOf(1, LeavesOfDepth17);
        await CommitAsync(chain, 1, tree, stop);
        var call = chain.Grid.AttestationLedger.Verify(1, tree.Prove(LeavesOfDepth17 / 3));
        var sent = (await chain.SendAllAsync(chain.Owner, [new ContractCall(call.To, call.Data)], stop))[0];
        return (await chain.ExecutionGasAsync(sent, stop), sent.GasUsed);
    }

    private static async Task<(ulong First, ulong Repeated)> DepositAsync(BenchChain chain, CancellationToken stop)
    {
        var (grid, op) = (chain.Grid, chain.Operators[0].Address);
        await chain.SendAsync(chain.Owner, grid.Token.Approve(grid.Contracts.Escrow, new Money((Payers + 1) * s_deposit.MicroUnits)), stop);
        var calls = Enumerable.Range(0, Payers).Select(number => grid.Escrow.Deposit(op, PayerOf(chain, number), s_deposit));
        var deposits = await chain.SendAllAsync(chain.Owner, calls, stop);
        var repeated = await chain.SendAsync(chain.Owner, grid.Escrow.Deposit(op, PayerOf(chain, 0), s_deposit), stop);
        return (deposits[^1].GasUsed, repeated);
    }

    private static async Task<(ulong Posted, ulong Finalized)> SettleAsync(
        BenchChain chain, SettlementRoot last, SettlementTrees next, CancellationToken stop)
    {
        var (escrow, op) = (chain.Grid.Escrow, chain.Operators[0]);
        var posted = await chain.SendAsync(op, escrow.PostRoot(last, next.Root), stop);
        await chain.PassAsync(chain.Grid.Windows.DisputeSeconds, stop);
        return (posted, await chain.SendAsync(chain.Owner, escrow.FinalizeRoot(op.Address), stop));
    }

    /// <returns>The dearest of several.</returns>
    private static async Task<ulong> ClaimAsync(BenchChain chain, SettlementTrees trees, CancellationToken stop)
    {
        var op = chain.Operators[0].Address;
        var claims = await chain.SendAllAsync(
            chain.Owner, s_claimed.Select(number => chain.Grid.Escrow.Claim(op, ProviderOf(number), trees.ProviderAt((uint)number))), stop);
        // The first of all also opens the ledger's sum.
        return claims.Skip(1).Max(transaction => transaction.GasUsed);
    }

    private static async Task<ulong> WithdrawAsync(BenchChain chain, SettlementTrees trees, CancellationToken stop)
    {
        var withdrawal =
            new Withdrawal(chain.Operators[0].Address, chain.Tenant.Address, Money.FromTokens(7), await chain.NowAsync(stop) + 3_600);
        return await chain.SendAsync(
            chain.Tenant,
            chain.Grid.Escrow.Withdraw(withdrawal.Sign(chain.Operators[0], chain.Grid.Domain), trees.PayerAt(0), PayerProof.None),
            stop);
    }

    private static async Task<ulong> TransferAsync(BenchChain chain, CancellationToken stop)
    {
        var transfer = chain.Grid.Token.Transfer(chain.Operators[1].Address, new Money(1_234_567));
        await chain.SendAsync(chain.Owner, transfer, stop);
        return await chain.SendAsync(chain.Owner, transfer, stop);
    }

    /// <summary>1 000 leases of 1 000 providers, 20 a payer, each at its own rate.</summary>
    private static SettlementTrees TreesOf(BenchChain chain, int hours)
    {
        var charges = Enumerable.Range(0, Leases).Select(number => new Money(hours * (1_250_000L + 1_013 * number))).ToArray();
        var payers = Enumerable.Range(0, Payers).Select(payer => new PayerLeaf(
            PayerOf(chain, payer),
            new Money(charges.Where((_, lease) => lease % Payers == payer).Sum(charge => charge.MicroUnits)),
            new Money(hours * 77_777_777L),
            (ulong)hours,
            Keccak256.Hash([(byte)payer, (byte)hours])));
        return new SettlementTrees(
            [.. payers],
            [.. charges.Select((charge, number) => new ProviderLeaf(ProviderOf(number).Value, new Money(charge.MicroUnits * 99 / 100)))],
            [.. charges.Select((charge, number) => new LeaseLeaf(new LeaseId(Keccak256.Hash(BitConverter.GetBytes(number))), charge))]);
    }

    private static Address PayerOf(BenchChain chain, int number) => number == 0 ? chain.Tenant.Address : AddressOf([(byte)number, 1]);

    private static ProviderId ProviderOf(int number) => new(AddressOf(BitConverter.GetBytes(number)));

    private static Address AddressOf(byte[] seed) => new(Keccak256.Hash(seed).ToByteArray().AsSpan(0, Address.SizeBytes));
}
