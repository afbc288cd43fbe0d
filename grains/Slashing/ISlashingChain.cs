using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol.Signing;

namespace Grid.Slashing;

/// <summary>The operator's way to the court. A call asks for one transaction, durably and once however often it is asked, and returns at once.</summary>
public interface ISlashingChain
{
    SlashingTerms Terms { get; }

    /// <param name="votes">Of operators with a quorum of weight.</param>
    /// <returns>Null while it is on its way; else what became of it, where that comes not as news from the chain.</returns>
    Task<CaseNews?> ProposeAsync(Fault fault, ImmutableSortedDictionary<Address, Signature> votes);

    /// <summary>Of a case whose appeal window is over.</summary>
    Task ExecuteAsync(Hash256 id);
}

/// <param name="ReportSeconds">Faults are taken this long after their end.</param>
public sealed record SlashingTerms(long ReportSeconds)
{
    public static SlashingTerms Standard { get; } = new(7 * 24 * 3600);
}
