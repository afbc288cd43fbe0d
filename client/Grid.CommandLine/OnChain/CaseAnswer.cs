using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Contracts.Events;
using Grid.CommandLine.Output;
using Grid.Protocol;

namespace Grid.CommandLine.OnChain;

/// <summary>A case of the court.</summary>
/// <param name="State"><c>proposed</c>, <c>upheld</c>, <c>dismissed</c>, <c>executed</c>.</param>
/// <param name="Amount">Held of the stake, or taken.</param>
/// <param name="Paid">What the tenant paid for the interval.</param>
/// <param name="Compensation">Of an executed case; what the tenant may collect.</param>
internal sealed record CaseAnswer(
    Hash256 Case,
    ProviderId Provider,
    LeaseId Lease,
    string Kind,
    string State,
    Money Amount,
    Address Tenant,
    Money Paid,
    Address Reporter,
    long FromUnixSeconds,
    long ToUnixSeconds,
    long DecidedAtUnixSeconds,
    Money Compensation,
    Money Reward,
    Money Burned,
    IReadOnlyList<ChainTransactionAnswer> Transactions)
{
    public void Show(CommandOutput output, string? note = null)
    {
        foreach (var transaction in Transactions) output.Line($"{transaction.Name,-14} {transaction.Hash}  {transaction.Gas} gas");
        if (note is not null) output.Line(note);
        output.Line($"Case      {Case}: {State}");
        output.Line($"Provider  {Provider}, lease {Lease}: {Kind} from {At(FromUnixSeconds)} to {At(ToUnixSeconds)}");
        output.Line($"Stake     {Amount} {(State == "executed" ? "taken" : State == "dismissed" ? "was held and is free again" : "held")}");
        output.Line($"Tenant    {Tenant} paid {Paid} for that time; compensation {Compensation}");
        output.Line($"Reporter  {Reporter}, reward {Reward}; {Burned} burned");
        output.Line($"Appeal    until {At(DecidedAtUnixSeconds)}");
    }

    private static string At(long unixSeconds) => DateTimeOffset.FromUnixTimeSeconds(unixSeconds).ToString("u");
}

internal sealed record CaseList(IReadOnlyList<CaseAnswer> Cases);

/// <summary>Reads cases from the chain alone.</summary>
internal static class Cases
{
    /// <param name="provider">Null for all.</param>
    /// <returns>The latest, oldest first.</returns>
    public static async Task<IReadOnlyList<CaseAnswer>> ListAsync(OpenChain chain, ProviderId? provider, CancellationToken cancellation)
    {
        var events = await chain.EventsAsync(chain.Grid.Contracts.SlashingCourt, cancellation);
        var proposed = events.OfType<CourtEvent.Proposed>().Where(one => provider is null || one.Provider == provider).TakeLast(Limits.MaxCases);
        var cases = new List<CaseAnswer>();
        foreach (var one in proposed) cases.Add(await ReadAsync(chain, one, events, cancellation));
        return cases;
    }

    /// <returns>Null where the court has never heard of it.</returns>
    public static async Task<CaseAnswer?> FindAsync(OpenChain chain, Hash256 id, CancellationToken cancellation)
    {
        var events = await chain.EventsAsync(chain.Grid.Contracts.SlashingCourt, cancellation);
        return events.OfType<CourtEvent.Proposed>().FirstOrDefault(one => one.Id == id) is { } proposed ? await ReadAsync(chain, proposed, events, cancellation) : null;
    }

    private static async Task<CaseAnswer> ReadAsync(OpenChain chain, CourtEvent.Proposed proposed, IReadOnlyList<ChainEvent> events, CancellationToken cancellation)
    {
        var now = await chain.ReadAsync(chain.Grid.SlashingCourt.CaseOf(proposed.Id), cancellation);
        var executed = events.OfType<CourtEvent.Executed>().FirstOrDefault(one => one.Id == proposed.Id);
        return new CaseAnswer(
            proposed.Id,
            now.Provider,
            proposed.Lease,
            Words.Enum(now.Kind),
            Words.Enum(now.State),
            now.Amount,
            now.Tenant,
            now.Paid,
            now.Reporter,
            now.FromUnixSeconds,
            now.ToUnixSeconds,
            now.DecidedAtUnixSeconds,
            executed?.Compensation ?? Money.Zero,
            executed?.Reward ?? Money.Zero,
            executed?.Burned ?? Money.Zero,
            chain.Sent);
    }
}
