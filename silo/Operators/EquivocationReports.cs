using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts;
using Grid.Protocol;
using Grid.Protocol.Eras;
using Grid.Silo.Chain;

namespace Grid.Silo.Operators;

/// <summary>
/// Has the contract slash an operator that signed two roots of one era. One report counts: operators take turns, and look whether it is
/// there before each asks for its own.
/// </summary>
internal sealed class EquivocationReports(ChainOptions options, ChainSender sender, IChain chain, GridIdentity identity, TimeProvider time)
{
    private readonly SortedDictionary<(ulong Era, Address Operator), long> _found = [];

    /// <param name="operators">The set; only who is in it has a bond to lose.</param>
    public async Task ReportAsync(Equivocation found, IReadOnlyList<Address> operators, CancellationToken cancellationToken)
    {
        if (found.Operator == identity.Operator || !operators.Contains(found.Operator)) return;
        var key = (found.Era, found.Operator);
        if (!_found.TryGetValue(key, out var since)) _found[key] = since = time.GetTimestamp();
        if (time.GetElapsedTime(since) < TimeSpan.FromSeconds((double)TurnOf(found, operators) * Limits.ReportTurnSeconds)) return;

        var ledger = options.Deployment.AttestationLedger;
        if (await chain.ReadAsync(ledger.HasEquivocated(found.Era, found.Operator), BlockTag.Latest, cancellationToken)) return;
        var call = ledger.ReportEquivocation(found.Operator, found.First, found.Second);
        await sender.SendAsync(IdOf(found), $"report two votes in era {found.Era}", call, isResent: true, cancellationToken);
    }

    public void Forget(ulong era)
    {
        foreach (var key in _found.Keys.Where(key => key.Era == era).ToArray()) _found.Remove(key);
    }

    private int TurnOf(Equivocation found, IReadOnlyList<Address> operators)
    {
        var others = operators.Where(one => one != found.Operator).Order().ToArray();
        return Math.Max(0, Array.IndexOf(others, identity.Operator));
    }

    private static Hash256 IdOf(Equivocation found) => Keccak256.Hash(
        new CanonicalBytes().Text("grid.report-equivocation.v1").Int64((long)found.Era).Text(found.Operator.ToString()).Written);
}
