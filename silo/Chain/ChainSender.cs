using System.Buffers.Binary;
using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts;
using Grid.Chain.Ethereum.Queue;
using Grid.Settlements;

namespace Grid.Silo.Chain;

/// <summary>A transaction of this operator.</summary>
/// <param name="Hash">Null before it is signed.</param>
/// <param name="Problem">Why it does not move; empty where it does.</param>
internal sealed record SentTransaction(string Name, Hash256 Id, Hash256? Hash, ulong? GasUsed, string Outcome, string Problem);

/// <summary>The operator's only way to send: wishes by their ids, each executed once, over one durable queue.</summary>
internal sealed class ChainSender(IChain chain, TransactionQueue queue, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Hash256, DateTimeOffset> _resendAt = [];
    private ImmutableList<SentTransaction> _told = [];

    /// <summary>The latest, oldest first; those of before the last start are missing.</summary>
    public IReadOnlyList<SentTransaction> Told => _told;

    /// <summary>Asks for a transaction, or says how it stands.</summary>
    /// <param name="name">For people.</param>
    /// <param name="isResent">Whether one that was refused or reverted is sent anew: only where the contract itself lets it happen
    /// once.</param>
    public async Task<Sending> SendAsync(Hash256 id, string name, ContractCall call, bool isResent, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Limits.Resends; attempt++)
        {
            var asked = attempt == 0 ? id : IdOf(id, attempt);
            if (await StatusAsync(asked, cancellationToken) is not { } status) return await EnqueueAsync(asked, name, call, cancellationToken);
            if (status.Closed is not { } closed) return Sending.Waiting;
            if (closed.Outcome == TransactionOutcome.Succeeded) return Sending.Succeeded;
            if (!isResent) return Sending.Failed;
            if (!MayResend(asked)) return Sending.Waiting;
        }

        return Sending.Failed;
    }

    /// <summary>Looks at the chain once and sends what is due.</summary>
    public async Task PumpAsync(CancellationToken cancellationToken)
    {
        await queue.PumpAsync(cancellationToken);
        await TellAsync(cancellationToken);
    }

    private async Task<Sending> EnqueueAsync(Hash256 id, string name, ContractCall call, CancellationToken cancellationToken)
    {
        var status = await queue.EnqueueAsync(call.WithId(id), cancellationToken);
        if (status == EnqueueStatus.Full) return Sending.Full;
        if (status == EnqueueStatus.Conflict) return Sending.Failed;
        lock (_lock) _told = Bounded(_told.Add(new SentTransaction(name, id, null, null, "waiting", "")));
        return Sending.Waiting;
    }

    private Task<TransactionStatus?> StatusAsync(Hash256 id, CancellationToken cancellationToken) => queue.StatusAsync(id, cancellationToken);

    private bool MayResend(Hash256 failed)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_resendAt.TryGetValue(failed, out var due)) return now >= due;
            if (_resendAt.Count >= Limits.ToldTransactions) _resendAt.Clear();
            _resendAt[failed] = now + TimeSpan.FromSeconds(Limits.ResendAfterSeconds);
            return false;
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        foreach (var told in _told.Where(static transaction => transaction.Outcome is "waiting" or "mined"))
        {
            var now = await ReadAsync(told, cancellationToken);
            lock (_lock) _told = _told.Replace(told, now);
        }
    }

    private async Task<SentTransaction> ReadAsync(SentTransaction told, CancellationToken cancellationToken)
    {
        var status = await StatusAsync(told.Id, cancellationToken);
        var inclusion = status?.Closed?.Mined ?? status?.Open?.Mined;
        var outcome = status?.Closed is { } closed ? closed.Outcome.ToString().ToLowerInvariant() : inclusion is null ? "waiting" : "mined";
        var problem = status?.Closed?.Reason ?? status?.Open?.Problem ?? "";
        if (inclusion is null) return told with { Outcome = outcome, Problem = problem };
        if (told.Hash == inclusion.Transaction && told.GasUsed is not null) return told with { Outcome = outcome, Problem = problem };
        var receipts = await chain.GetReceiptsAsync([inclusion.Transaction], cancellationToken);
        return told with { Hash = inclusion.Transaction, GasUsed = receipts.Count == 0 ? null : receipts[0].GasUsed, Outcome = outcome, Problem = problem };
    }

    private static ImmutableList<SentTransaction> Bounded(ImmutableList<SentTransaction> told) =>
        told.Count <= Limits.ToldTransactions ? told : told.RemoveAt(0);

    private static Hash256 IdOf(Hash256 id, int attempt)
    {
        Span<byte> number = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(number, attempt);
        return Keccak256.Hash(id.ToByteArray(), number);
    }
}
