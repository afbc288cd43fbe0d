using System.Collections.Immutable;
using Grid.Accounts;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;
using Grid.Settlements;

namespace Grid.Tests.Grains.Settlements;

/// <summary>
/// A chain with nothing on it but the model of the Escrow: what is mined is at the head, and final or taken back when a test says so.
/// </summary>
internal sealed class ModelChain(EscrowModel start) : ISettlementChain, IDepositLedger
{
    private readonly List<(Hash256 Id, bool IsResent, Func<EscrowModel, EscrowModel?> Act)> _sent = [];
    private readonly SortedSet<Hash256> _failed = [];
    private long _awayUntil;

    public EscrowModel Head { get; private set; } = start;

    /// <summary>What no reorg takes back.</summary>
    public EscrowModel Firm { get; private set; } = start;

    /// <summary>While it is away nothing is mined for the operator, and nobody is told.</summary>
    public bool IsAway => Head.Now < _awayUntil && !Head.IsOpen;

    /// <returns>Whether the call did not revert.</returns>
    public bool Do(Func<EscrowModel, EscrowModel?> act)
    {
        var after = act(Head);
        if (after is null) return false;
        Head = after;
        return true;
    }

    public void Pass(long seconds)
    {
        Head = (Head with { Now = Head.Now + seconds }).VoidUnanswered();
        if (IsAway) return;
        foreach (var (id, isResent, act) in _sent.Where(sent => !Head.Done.Contains(sent.Id) && !_failed.Contains(sent.Id)))
        {
            if (act(Head) is { } after) Head = after with { Done = after.Done.Add(id) };
            else if (!isResent) _failed.Add(id);
        }
    }

    /// <summary>An outage shorter than any window: one that outlasts an exit loses what was not settled before it.</summary>
    public void GoAway(int seconds) => _awayUntil = Head.Now + seconds;

    public void ComeBack() => _awayUntil = 0;

    public void BecomeFirm() => Firm = Head;

    /// <summary>Everything since the last final block is gone but the time.</summary>
    public void Reorg() => Head = Firm with { Now = Head.Now };

    public EscrowView View() => new(
        Head.Now,
        Standing(Head),
        Standing(Firm),
        Head.LastPosted,
        false,
        Head.Bond - Head.Locked,
        Head.FeesPaid,
        Firm.Accounts.Any(static account => account.ExitReadyAt != 0),
        EscrowModel.Window,
        EscrowModel.Silence);

    public Task<ImmutableArray<EscrowLine>> ListAccountsAsync() => Task.FromResult<ImmutableArray<EscrowLine>>(
        [.. Firm.Accounts.Select(static account => new EscrowLine(account.Payer, account.Balance, account.ExitReadyAt))]);

    public Task<Sending> PostRootAsync(Hash256 id, SettlementRoot last, SettlementRoot next) => Send(id, escrow => escrow.Post(last, next), isResent: false);

    public Task<Sending> AnswerAsync(Hash256 id, uint account, PayerProof proof, Signed<Authorization>? authorization) =>
        Send(id, escrow => escrow.Answer(account, proof, authorization), isResent: true);

    public Task<Sending> FinalizeRootAsync(Hash256 id) => Send(id, static escrow => escrow.FinalizeRoot(), isResent: true);

    public Task<Sending> CollectFeesAsync(Hash256 id, SettlementRoot root) => Send(id, escrow => escrow.CollectFees(root), isResent: true);

    public Task<Money> GetDepositedAsync(Address payer) => Task.FromResult(Firm.Find(payer)?.Balance ?? Money.Zero);

    public Task<EscrowBalance?> GetEscrowBalanceAsync(Address payer)
    {
        var account = Firm.Find(payer);
        return Task.FromResult<EscrowBalance?>(
            new EscrowBalance(account?.Balance ?? Money.Zero, account?.Withdrawn ?? Money.Zero, account is { ExitReadyAt: > 0 }, Firm.Now,
                account?.ExitReadyAt ?? 0));
    }

    private Task<Sending> Send(Hash256 id, Func<EscrowModel, EscrowModel?> act, bool isResent)
    {
        if (_failed.Contains(id)) return Task.FromResult(Sending.Failed);
        if (Firm.Done.Contains(id)) return Task.FromResult(Sending.Succeeded);
        if (_sent.All(sent => sent.Id != id)) _sent.Add((id, isResent, act));
        return Task.FromResult(Sending.Waiting);
    }

    private static RootStanding Standing(EscrowModel escrow) =>
        new(escrow.Posting, escrow.IsOpen, escrow.Pending.Commitment(), escrow.PostedAt, (uint)escrow.Challenges.Count, escrow.Final.Commitment());
}
