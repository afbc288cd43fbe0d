using Grid.Protocol;
using Grid.Protocol.Matching;

namespace Grid.Matching;

/// <summary>A region's index whose changes are kept: who relies on a state of it waits until what led there is durable.</summary>
public sealed class KeptIndex
{
    private readonly IOfferJournal _journal;
    private readonly string _region;
    private readonly Action _failed;
    private readonly DeltaBatch _batch = new();
    private readonly CanonicalBytes _merge = new();
    private readonly SharedWrite _write;
    private bool _isWriting;
    private IndexPosition _lastMerge;

    /// <param name="index">As the journal restored it, or empty.</param>
    /// <param name="failed">What to do where a change could not be kept: nothing is to be matched by this index any more.</param>
    public KeptIndex(IOfferJournal journal, string region, OfferIndex index, Action failed)
    {
        (_journal, _region, Index, _failed) = (journal, region, index, failed);
        _write = new SharedWrite(Append);
    }

    public OfferIndex Index { get; }

    /// <summary>Whether so much is waiting that <see cref="Kept"/> should be asked for before more is added.</summary>
    public bool IsFull => _batch.IsFull;

    public void Apply(OfferDelta delta)
    {
        Index.Apply(delta);
        _batch.Add(Index.LastDelta);
    }

    /// <summary>Remembers which states of the regions a match over several of them saw: a note that changes no listing.</summary>
    public void Note(IReadOnlyList<KeyValuePair<string, IndexPosition>> regions)
    {
        var merged = IndexPosition.Merge(regions);
        if (merged == _lastMerge) return;
        _lastMerge = merged;
        _merge.Clear();
        OfferDeltaBytes.WriteMerge(_merge, regions);
        Index.Note(_merge.Written);
        _batch.Add(_merge.Written);
    }

    /// <summary>Completes when all changes up to this call are durable.</summary>
    public Task Kept() => _batch.IsEmpty && !_isWriting ? Task.CompletedTask : _write.Completed();

    private async Task Append()
    {
        if (_batch.IsEmpty) return;
        _isWriting = true;
        try
        {
            await _journal.Append(_region, _batch.Take(Index.Position));
        }
        catch
        {
            _failed();
            throw;
        }

        _isWriting = false;
    }
}
