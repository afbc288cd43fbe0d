using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Matching;
using Grid.Providers;
using Grid.Shards;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Grid.Matching;

// Reentrant, as the design has it: index changes and scans are synchronous turns, only the quotes and the shared write of the hash chain
// interleave.
[Reentrant]
public sealed partial class MatchmakerGrain : Grain, IMatchmakerGrain
{
    private readonly AcknowledgedState<MatchmakerState> _stored;
    private readonly SharedWrite _write;
    private readonly SharedWrite _reading;
    private readonly SharedWrite _scanning;
    private readonly IMatchmakerSecrets _secrets;
    private readonly RegionMap _regionMap;
    private readonly GridParameters _parameters;
    private readonly TimeProvider _time;
    private readonly ILogger<MatchmakerGrain> _log;
    private readonly IOfferJournal _journal;
    private readonly CanonicalBytes _recordBytes = new();
    private readonly SortedSet<ProviderId> _changed = [];
    private readonly Queue<ScanTurn> _turns = [];
    private readonly Dictionary<ProviderId, IProviderGrain> _providers = [];
    private KeptIndex? _kept;
    private MatchmakerState? _pending;
    private HashChain? _chain;
    private bool _isReading;
    private IReadOnlyList<string> _regions = [];
    private long _regionsReadAt;

    public MatchmakerGrain(
        [PersistentState("matchmaker")] IPersistentState<MatchmakerState> storage,
        IMatchmakerSecrets secrets,
        IOfferJournal journal,
        RegionMap regionMap,
        GridParameters parameters,
        TimeProvider time,
        ILogger<MatchmakerGrain> log)
    {
        _stored = new AcknowledgedState<MatchmakerState>(storage, this);
        _write = new SharedWrite(() => _stored.Store(Pending));
        _reading = new SharedWrite(ReadAll);
        _scanning = new SharedWrite(ScanWaiting);
        (_secrets, _journal, _regionMap, _parameters, _time, _log) = (secrets, journal, regionMap, parameters, time, log);
    }

    private OfferIndex Index => _kept!.Index;

    private MatchmakerState Pending => _pending ?? _stored.Value;

    private string Key => this.GetPrimaryKeyString();

    private bool MergesRegions => Key == Matchmakers.AllRegions;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _pending = ElementChain.Recover(_stored.Value);
        OpenChain(_stored.Exists ? Pending.Generation : 0);
        var restored = await _journal.Restore(Key);
        _kept = new KeptIndex(_journal, Key, restored ?? new OfferIndex(_regionMap), DeactivateOnIdle);
        // What was restored may be older than what the providers are now: whoever is asked for a bid and is no longer there says so.
        if (MergesRegions || restored is not null) return;
        foreach (var provider in await Shard.ListAll(GrainFactory, ShardKind.Providers)) _changed.Add(ProviderId.Parse(provider));
        await ReadChanged();
    }

    public async Task<MatchResult> Match(MatchRequest request)
    {
        var seed = await BindElement(request.Order);
        var shortlist = await Scan(new ScanRequest(request.Requirement, seed.Value));
        var matched = Matched.Of(seed, request.Requirement, shortlist);
        var asked = Ask(matched);
        await _kept!.Kept();
        var bids = await asked;
        var record = matched.Settle(bids, _time.GetUtcNow().ToUnixTimeMilliseconds());
        _pending = ElementChain.Used(Pending, (int)seed.ChainIndex);
        return new MatchResult(
            [.. record.Ranking.Select(place => Ranked(record.Candidates[place], bids[place]!))],
            ImmutableCollectionsMarshal.AsImmutableArray(MatchRecordCodec.Encode(record, _recordBytes)),
            record.ProvidersPassed,
            [.. Exclusions(record)]);
    }

    public async Task<Shortlist> Scan(ScanRequest request)
    {
        if (MergesRegions) return await ScanRegions(request);
        await ReadChanged();
        var turn = new ScanTurn(new WaitingMatch(new MatchQuery(request.Requirement, _regionMap, _parameters.AcceptsPretendedGpus), new MatchDraw(request.Seed)));
        _turns.Enqueue(turn);
        await _scanning.Completed();
        // A match over several regions relies on this one's states as its own matches do.
        await _kept!.Kept();
        return turn.Found!;
    }

    public async Task ProviderChanged(ProviderId provider)
    {
        _changed.Add(provider);
        await ReadChanged();
    }

    public Task<MatchmakerCommitment> GetCommitment() => Task.FromResult(
        new MatchmakerCommitment(_stored.Value.Anchor, _parameters.MatchChainLength, _stored.Value.NextElement, _stored.Value.Voids));

    /// <summary>Orders whose turns are waiting already come along: one pass over the index serves them all.</summary>
    private async Task ScanWaiting()
    {
        await Task.Yield();
        try
        {
            while (_turns.Count > 0) ScanOnce();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }

    private void ScanOnce()
    {
        var turns = new ScanTurn[Math.Min(_turns.Count, Limits.MatchesInOnePass)];
        for (var i = 0; i < turns.Length; i++) turns[i] = _turns.Dequeue();
        var found = Index.MatchAll([.. turns.Select(static turn => turn.Match)]);
        for (var i = 0; i < turns.Length; i++) turns[i].Found = found[i];
    }

    private async Task<Shortlist> ScanRegions(ScanRequest request)
    {
        await ReadRegions();
        var wanted = _regions.Where(region => !request.Requirement.ExcludedRegions.Contains(region)).ToArray();
        var found = await Task.WhenAll(wanted.Select(region => GrainFactory.GetGrain<IMatchmakerGrain>(region).Scan(request)));
        _kept!.Note([.. wanted.Zip(found, static (region, shortlist) => KeyValuePair.Create(region, shortlist.Index))]);
        return ShortlistMerge.Of([.. wanted.Zip(found, KeyValuePair.Create)], new MatchDraw(request.Seed));
    }

    private async Task ReadRegions()
    {
        if (_regions.Count > 0 && _time.GetElapsedTime(_regionsReadAt) < _parameters.Tick) return;
        // From here on orders go by the regions that are known, and only this one reads.
        _regionsReadAt = _time.GetTimestamp();
        _regions = [.. (await Shard.ListAll(GrainFactory, ShardKind.Regions)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Durably binds the chain's next element to the order before anybody can know what comes of it.</summary>
    private async Task<MatchSeed> BindElement(OrderId order)
    {
        if (Pending.NextElement > _parameters.MatchChainLength) OpenChain(Pending.Generation + 1);
        var chain = _chain!;
        var n = Pending.NextElement;
        _pending = ElementChain.Bound(Pending, order);
        await _write.Completed();
        return new MatchSeed(Hash256.Zero, order, chain.Anchor, n, chain.Element(n));
    }

    private void OpenChain(int generation)
    {
        _chain = new HashChain(_secrets.ChainSecret(Key, generation), _parameters.MatchChainLength);
        if (Pending.Anchor != _chain.Anchor) _pending = Pending with { Generation = generation, Anchor = _chain.Anchor, NextElement = 1 };
    }

    /// <summary>All are asked at once, and the order goes on in one turn when all have answered.</summary>
    private async Task<Bid?[]> Ask(Matched matched)
    {
        var quotes = new Task<Bid>[matched.Asked.Length];
        for (var i = 0; i < quotes.Length; i++) quotes[i] = GrainOf(matched.Asked[i].Provider).Quote(matched.RequestFor(matched.Asked[i]));
        try
        {
            await Task.WhenAll(quotes);
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            // Each is looked at below.
        }

        var bids = new Bid?[quotes.Length];
        for (var i = 0; i < quotes.Length; i++)
        {
            try
            {
                bids[i] = await quotes[i];
                if (bids[i]!.RefusedBy == HardFilter.Provider) await GrainOf(matched.Asked[i].Provider).LookAgain();
            }
            catch (Exception failure) when (failure is TimeoutException or OrleansException)
            {
                LogNoBid(matched.Asked[i].Provider, failure.Message);
            }
        }

        return bids;
    }

    /// <summary>
    /// Waits until every change that was hinted at before this call is in the index; what is hinted at meanwhile is for later callers, so
    /// that a busy market
    /// holds up no order.
    /// </summary>
    private Task ReadChanged() => _changed.Count == 0 && !_isReading ? Task.CompletedTask : _reading.Completed();

    private async Task ReadAll()
    {
        _isReading = true;
        var changed = _changed.ToArray();
        _changed.Clear();
        try
        {
            foreach (var batch in changed.Chunk(MatchmakerLimits.ReadsAtOnce)) await ReadBatch(batch);
        }
        catch
        {
            // The index may have half of a change: a new activation reads it whole.
            DeactivateOnIdle();
            throw;
        }

        _isReading = false;
    }

    private async Task ReadBatch(ProviderId[] batch)
    {
        var read = await Task.WhenAll(batch.Select(Read));
        for (var i = 0; i < batch.Length; i++)
        {
            if (read[i] is { } rows) Replace(batch[i], rows);
        }

        if (_kept!.IsFull) await _kept.Kept();
    }

    /// <summary>One provider's failure is its own: its next hint, or the minute's sweep, makes it known again.</summary>
    private async Task<ImmutableArray<OfferRow>?> Read(ProviderId provider)
    {
        try
        {
            var rows = await GrainOf(provider).GetRows();
            var fault = rows.Select(Listing.Fault).FirstOrDefault(static fault => fault is not null);
            return fault is null ? rows : throw new ArgumentException(fault);
        }
        catch (Exception failure)
        {
            LogNoRows(provider, failure.Message);
            return null;
        }
    }

    private void Replace(ProviderId provider, ImmutableArray<OfferRow> rows)
    {
        var mine = rows.Where(row => row.Region == Key).ToImmutableArray();
        foreach (var gone in Index.KeysOf(provider).Where(key => mine.All(row => row.Key != key))) _kept!.Apply(OfferDelta.Remove(gone));
        foreach (var row in mine.Where(row => !Index.Holds(row))) _kept!.Apply(OfferDelta.Upsert(row));
    }

    /// <summary>A reference is asked sixteen times an order; its key's checksum is a hash each time.</summary>
    private IProviderGrain GrainOf(ProviderId provider)
    {
        if (_providers.TryGetValue(provider, out var known)) return known;
        if (_providers.Count >= MatchmakerLimits.KnownProviders) _providers.Clear();
        return _providers[provider] = GrainFactory.GetGrain<IProviderGrain>(provider.ToString());
    }

    private static RankedBid Ranked(MatchCandidate candidate, Bid bid) => new(candidate.Provider, candidate.GpuModel, bid.Rate);

    private static IEnumerable<FilterExclusion> Exclusions(MatchRecord record)
    {
        for (var i = 0; i < record.Excluded.Length; i++)
        {
            if (record.Excluded[i] > 0) yield return new FilterExclusion(HardFilters.NameOf((HardFilter)i), record.Excluded[i]);
        }
    }

    /// <summary>An order that waits for its scan.</summary>
    private sealed class ScanTurn(WaitingMatch match)
    {
        public WaitingMatch Match { get; } = match;

        public Shortlist? Found { get; set; }
    }
}
