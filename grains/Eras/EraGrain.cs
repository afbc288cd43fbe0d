using System.Collections.Immutable;
using System.Globalization;
using Grid.Chain.Crypto;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;
using Grid.Reputation;
using Grid.Shards;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Grid.Eras;

public sealed partial class EraGrain : Grain, IEraGrain
{
    private readonly AcknowledgedState<EraState> _stored;
    private readonly EraPorts _ports;
    private readonly GridParameters _parameters;
    private readonly TimeProvider _time;
    private readonly ILogger<EraGrain> _log;
    private long? _votableSince;

    public EraGrain([PersistentState("era")] IPersistentState<EraState> storage, EraPorts ports, GridParameters parameters, TimeProvider time, ILogger<EraGrain> log)
    {
        _stored = new AcknowledgedState<EraState>(storage, this);
        (_ports, _parameters, _time, _log) = (ports, parameters, time, log);
    }

    private ulong Era => ulong.Parse(this.GetPrimaryKeyString(), CultureInfo.InvariantCulture);

    private EraState State => _stored.Value;

    private Address Self => _ports.Identity.Operator;

    private EraRoot? OwnVote => State.Votes.TryGetValue(Self, out var own) ? own.Value : null;

    private EraRules Rules => _parameters.Eras;

    private EraTiming Timing => new(Rules.Schedule, _parameters.EraCommitWindowEras);

    private long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    public async Task SlotEnded(int slot, bool isUp)
    {
        var isTooLate = State.Books.ContainsKey(Self) || slot is < 0 || slot >= Rules.Schedule.Slots;
        if (isUp && !isTooLate && (State.Up >> slot & 1) == 0) await _stored.Store(State with { Up = State.Up | 1UL << slot });
    }

    public async Task<EraView> Advance(EraBasis? basis)
    {
        if (State.Stage is EraStage.Final or EraStage.Missed || !Timing.IsClosed(Era, Now)) return View();
        if (State.Stage < EraStage.Committed)
        {
            var weights = await _ports.Operators.GetWeightsAsync();
            if (weights.Contains(Self) && !State.Books.ContainsKey(Self)) await PublishBook();
            if (basis is not null) await SeekVote(basis, weights);
            await SeekCommit(weights);
        }

        if (State.Stage is EraStage.Committed) await SettleRecord();
        return View();
    }

    public async Task<string?> TakeBook(Signed<ObservationsPublished> book)
    {
        var (signer, refusal) = await SignerOf(book, book.Value.Era, book.Value.Operator);
        if (refusal is not null) return refusal;
        if (await _ports.Files.FindBookAsync(book.Value.ContentHash) is not { } content) return $"the book {book.Value.ContentHash} is not here, or is none.";
        if (content.Era != Era || content.Operator != signer) return $"the book is of era {content.Era} and operator {content.Operator}, expected {Era} and {signer}.";
        return await Store(EraVotes.TakeBook(State, book, signer));
    }

    public async Task<string?> TakeProposal(Signed<EraProposal> proposal)
    {
        var (signer, refusal) = await SignerOf(proposal, proposal.Value.Era, proposal.Value.Operator);
        if (refusal is not null) return refusal;
        if (await _ports.Files.FindRecordAsync(proposal.Value.Record) is not { } record || record.Era != Era) return $"the record {proposal.Value.Record} is not here, or is none of era {Era}.";
        return await Store(EraVotes.TakeProposal(State, proposal, signer));
    }

    public async Task<string?> TakeVote(Signed<EraRoot> vote)
    {
        var signer = vote.Recover(_ports.Identity.Domain) ?? Address.Zero;
        var (_, refusal) = await SignerOf(vote, vote.Value.Era, signer);
        return refusal ?? await Store(EraVotes.TakeVote(State, vote, signer));
    }

    public async Task Committed(EraRoot root, Hash256 record, string? transaction)
    {
        if (State.Stage is EraStage.Final || (State.Stage is EraStage.Committed && State.Committed == root)) return;
        var known = record.IsZero ? await RecordOf(root) : record;
        await _stored.Store(State with { Stage = EraStage.Committed, Committed = root, Record = known, Transaction = transaction });
        LogCommitted(Era, root.Root, root.Leaves);
    }

    public async Task Finalized()
    {
        if (State.Stage is not EraStage.Committed) return;
        await SettleRecord();
        if (State.IsTold) await _stored.Store(State with { Stage = EraStage.Final });
    }

    public async Task RolledBack()
    {
        if (State.Stage is not EraStage.Committed) return;
        var hasVoted = OwnVote is { } own && !own.IsOfNothing();
        await _stored.Store(State with { Stage = hasVoted ? EraStage.Voted : EraStage.Gathering, Committed = null, Transaction = null });
    }

    public Task<EraView> GetView() => Task.FromResult(View());

    private EraView View() => new(
        Era,
        State.Stage,
        State.Up,
        State.Record,
        State.Committed ?? (OwnVote is { } own && !own.IsOfNothing() ? own : null),
        [.. State.Books.Values],
        [.. State.Proposals.Values],
        [.. State.Votes.Values],
        State.Equivocations,
        State.Objection,
        State.Transaction,
        OwnVote?.IsOfNothing() ?? false);

    /// <summary>Votes where it can; where there is nothing to vote for and it is this operator's turn, it proposes.</summary>
    private async Task SeekVote(EraBasis basis, OperatorWeights weights)
    {
        if (State.Votes.ContainsKey(Self) || !weights.Contains(Self)) return;
        await VoteForSomebodys(basis, weights);
        if (OwnVote is null && EraVotes.MayPropose(State, Self, Era, weights, Timing, Now))
        {
            await Propose(basis, weights);
            await VoteForSomebodys(basis, weights);
        }

        var hasBooks = weights.IsQuorum(State.Books.Keys);
        if (OwnVote is null && Timing.IsForgone(Era, _votableSince ??= Now, hasBooks, Now))
        {
            var reason = State.Objection ?? $"there are {State.Books.Count} books and {State.Proposals.Count} proposals.";
            await Vote(EraRoot.Nothing(Era), State.Record, reason);
        }
    }

    /// <summary>Hands in what a quorum has signed, whoever they are.</summary>
    private async Task SeekCommit(OperatorWeights weights)
    {
        var quorum = EraVotes.Quorum(State, weights);
        // What was handed in may be on the chain before its events are read here.
        var isLost = EraVotes.IsHopeless(State, weights) || (Timing.IsMissed(Era, Now) && (quorum.IsEmpty || Timing.IsGivenUp(Era, Now)));
        if (isLost) await Miss();
        else if (!quorum.IsEmpty) await Submit(quorum);
    }

    private async Task Submit(ImmutableArray<Signed<EraRoot>> quorum)
    {
        var root = quorum[0].Value;
        if (await _ports.Chain.CommitAsync(root, quorum))
        {
            await Committed(root, await RecordOf(root), null);
            await Finalized();
        }
        else if (State.Stage is not EraStage.Submitted)
        {
            await _stored.Store(State with { Stage = EraStage.Submitted });
        }
    }

    /// <summary>What others committed may be here as somebody's proposal, or come later.</summary>
    private async Task SettleRecord()
    {
        if (State.Record.IsZero && await RecordOf(State.Committed!) is { IsZero: false } record) await _stored.Store(State with { Record = record });
        if (!State.Record.IsZero && !State.IsTold) await TellProviders();
    }

    private async Task Miss()
    {
        await _stored.Store(State with { Stage = EraStage.Missed });
        LogMissed(Era, State.Books.Count, State.Votes.Count, State.Objection);
    }

    /// <summary>This operator's own observations, as they will stay.</summary>
    private async Task PublishBook()
    {
        var members = await Shard.ListAll(GrainFactory, ShardKind.Providers);
        var seen = ImmutableArray.CreateBuilder<ProviderObservation>(members.Count);
        foreach (var batch in members.Chunk(Limits.ProvidersAtOnce))
        {
            foreach (var observation in await Task.WhenAll(batch.Select(provider => GrainFactory.GetGrain<IReputationGrain>(provider).GetObservation(Era))))
            {
                if (observation is { } known) seen.Add(known);
            }
        }

        seen.Sort(static (left, right) => left.Provider.CompareTo(right.Provider));
        var commitment = EraBeacon.CommitmentTo(_ports.Secrets.EraSecret(Era + EraBeacon.ErasAhead));
        var book = new ObservationBook(Era, Self, State.Up, _ports.Secrets.EraSecret(Era), commitment, seen.ToImmutable());
        var content = await _ports.Files.PutAsync(ObservationBookCodec.Encode(book));
        var published = await Sign(new ObservationsPublished(Era, Self, content));
        await _stored.Store(State with { Stage = Later(EraStage.Gathering), Books = State.Books.Add(Self, published) });
    }

    private async Task Propose(EraBasis basis, OperatorWeights weights)
    {
        var (record, problem) = await Compute(basis, weights, State.Books.ToImmutableSortedDictionary(static book => book.Key, static book => book.Value.Value.ContentHash));
        if (record is null)
        {
            await Object(problem!);
            return;
        }

        var hash = await _ports.Files.PutAsync(EraRecordCodec.Encode(record));
        var proposal = await Sign(new EraProposal(Era, Self, hash));
        await _stored.Store(State with { Proposals = State.Proposals.Add(Self, proposal) });
    }

    private async Task VoteForSomebodys(EraBasis basis, OperatorWeights weights)
    {
        foreach (var proposal in EraVotes.Votable(State, Self, Era, weights, Timing, Now))
        {
            if (await _ports.Files.FindRecordAsync(proposal.Value.Record) is not { } record) continue;
            var (vote, objection) = await Judge(record, basis, weights);
            if (vote is null)
            {
                await Object(objection!);
                continue;
            }

            await Vote(vote, proposal.Value.Record, vote.IsOfNothing() ? "nobody has been observed: there is no leaf." : null);
            return;
        }
    }

    /// <summary>Stored before anybody can ask for it: a crash from here on repeats this vote and no other.</summary>
    private async Task Vote(EraRoot vote, Hash256 record, string? objection)
    {
        var voted = State with { Votes = State.Votes.SetItem(Self, await Sign(vote)), Objection = objection };
        if (vote.IsOfNothing())
        {
            await _stored.Store(voted);
            LogForgone(Era, objection!);
            return;
        }

        // Its own proposal says which record the vote is for: the root does not.
        var own = await Sign(new EraProposal(Era, Self, record));
        await _stored.Store(voted with { Stage = EraStage.Voted, Record = record, Proposals = State.Proposals.SetItem(Self, own) });
    }

    /// <returns>The vote that follows from the very books that the record names, or why there is none.</returns>
    private async Task<(EraRoot? Vote, string? Objection)> Judge(EraRecord record, EraBasis basis, OperatorWeights weights)
    {
        var named = record.Operators.Where(static entry => !entry.Book.IsZero).ToImmutableSortedDictionary(static entry => entry.Operator, static entry => entry.Book);
        if (!weights.IsQuorum(named.Keys)) return (null, $"the record is of {named.Count} books, which are no quorum.");
        foreach (var (author, content) in named)
        {
            var isPublished = State.Books.TryGetValue(author, out var book) && book.Value.ContentHash == content;
            if (!isPublished) return (null, $"the book {content} of {author} is not known here.");
        }

        if (record.Previous != basis.Record) return (null, $"the record goes on from {record.Previous}, not from {basis.Record}.");
        var (own, problem) = await Compute(basis, weights, named);
        if (own is null) return (null, problem);
        if (Keccak256.Hash(EraRecordCodec.Encode(own)) != Keccak256.Hash(EraRecordCodec.Encode(record))) return (null, "the record does not follow from its books.");
        var ownBook = await _ports.Files.FindBookAsync(State.Books[Self].Value.ContentHash);
        if (ownBook is not null && EraAgreement.Objection(record.Rows, ownBook, Rules.Schedule) is { } objection) return (null, objection);
        return (record.Vote(), null);
    }

    private async Task<(EraRecord? Record, string? Problem)> Compute(EraBasis basis, OperatorWeights weights, ImmutableSortedDictionary<Address, Hash256> named)
    {
        var previous = await _ports.Files.FindRecordAsync(basis.Record);
        if (previous is null && !basis.Record.IsZero) return (null, $"the record {basis.Record} of the last committed era is not here.");
        var books = new List<(Hash256 Content, ObservationBook Book)>(named.Count);
        foreach (var (author, content) in named)
        {
            if (!weights.Contains(author)) return (null, $"{author} is not in the operator set.");
            if (await _ports.Files.FindBookAsync(content) is not { } book) return (null, $"the book {content} is not here.");
            books.Add((content, book));
        }

        return (EraRecord.Of(Era, previous, basis.Record, books, weights, Rules), null);
    }

    /// <returns>The record for which the voters of a committed root have signed it; zero where it is not known yet.</returns>
    private async Task<Hash256> RecordOf(EraRoot root)
    {
        var weights = await _ports.Operators.GetWeightsAsync();
        foreach (var (record, weight) in EraVotes.RecordsOf(root, State, weights))
        {
            // Who commits a root whose voters mean two records must not stop the eras: by its window's end all have heard of all.
            if (!weights.IsQuorum(weight) && !Timing.IsMissed(Era, Now)) continue;
            if (await _ports.Files.FindRecordAsync(record) is { Rows.IsEmpty: false } found && found.Vote() == root) return record;
        }

        return Hash256.Zero;
    }

    private async Task TellProviders()
    {
        if (await _ports.Files.FindRecordAsync(State.Record) is not { } record) return;
        foreach (var batch in record.Rows.Chunk(Limits.ProvidersAtOnce))
            await Task.WhenAll(batch.Select(row => GrainFactory.GetGrain<IReputationGrain>(row.Leaf.Provider.ToString()).Conclude(Era, row)));
        await _stored.Store(State with { IsTold = true });
    }

    private async Task Object(string objection)
    {
        if (State.Objection == objection) return;
        LogObjection(Era, objection);
        await _stored.Store(State with { Objection = objection });
    }

    private async Task<(Address Signer, string? Refusal)> SignerOf<T>(Signed<T> signed, ulong era, Address claimed)
        where T : ISignedType
    {
        if (era != Era) return (claimed, $"era is {era}, expected {Era}.");
        if (!signed.IsSignedBy(claimed, _ports.Identity.Domain)) return (claimed, $"this {typeof(T).Name} is not signed by {claimed}.");
        var weights = await _ports.Operators.GetWeightsAsync();
        return (claimed, weights.Contains(claimed) ? null : $"{claimed} is not in the operator set.");
    }

    private EraStage Later(EraStage stage) => State.Stage > stage ? State.Stage : stage;

    private async Task<string?> Store(Decision<EraState, string?> decision)
    {
        if (decision.HasChanged) await _stored.Store(decision.State);
        return decision.Result;
    }

    private async Task<Signed<T>> Sign<T>(T value)
        where T : ISignedType => new(value, await _ports.Signer.SignAsync(value.Digest(_ports.Identity.Domain)));
}
