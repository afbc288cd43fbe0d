using System.Collections.Immutable;
using System.Globalization;
using Grid.Chain.Crypto.Keystores;
using Grid.Matching;
using Grid.Protocol.Matching;
using Grid.Silo.Hosting;

namespace Grid.Silo.Matching;

/// <summary>
/// One region's files, each named by the sequence number at which it begins: <c>N.deltas</c> are the changes after N, <c>N.snapshot</c> is
/// the index at N. A
/// snapshot is made of the files before it, never of the index in use, so that nobody waits for it.
/// </summary>
internal sealed class RegionFiles(string folder, RegionMap regions, TimeProvider time, long minFileBytes) : IDisposable
{
    private const string Deltas = ".deltas";
    private const string Snapshot = ".snapshot";

    private readonly Lock _guard = new();
    private FileStream? _open;
    private Task _making = Task.CompletedTask;

    public OfferIndex? Restore()
    {
        lock (_guard)
        {
            _open?.Dispose();
            _open = null;
            if (!Directory.Exists(folder)) return null;
            var index = Read(long.MaxValue, repairs: true);
            if (index is not null) Open(index.Position.Sequence);
            return index;
        }
    }

    public void Append(ReadOnlySpan<byte> batch)
    {
        lock (_guard)
        {
            _open ??= Open(0);
            _open.Write(batch);
            _open.Flush(flushToDisk: true);
            if (_open.Length < Math.Max(minFileBytes, NewestSnapshotBytes())) return;
            Open(DeltaBatch.SequenceAfter(batch));
            if (_making.IsCompleted) _making = Task.Run(MakeSnapshot);
        }
    }

    public OfferIndex? At(long sequence)
    {
        if (!Directory.Exists(folder)) return null;
        var index = Read(sequence, repairs: false);
        return index?.Position.Sequence == sequence ? index : null;
    }

    /// <summary>The newest first.</summary>
    public ImmutableArray<KeyValuePair<string, IndexPosition>>? FindMerge(IndexPosition merged)
    {
        foreach (var (_, path) in Files(Deltas).Reverse())
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);
            if (DeltaBatch.FindMerge(file, merged) is { } found) return found;
        }

        return null;
    }

    public void Dispose()
    {
        lock (_guard) _open?.Dispose();
        _making.Wait();
    }

    /// <summary>The newest sound snapshot up to there, and the changes after it up to there.</summary>
    /// <param name="repairs">Whether what was not written whole is cut off: only before anything is appended.</param>
    private OfferIndex? Read(long until, bool repairs)
    {
        var index = Files(Snapshot).Where(file => file.Begins <= until).Reverse().Select(file => ReadSnapshot(file.Path)).FirstOrDefault(static read => read is not null);
        var files = Files(Deltas).Where(file => file.Begins < until).ToArray();
        if (index is null && files.Length == 0) return null;
        index ??= new OfferIndex(regions);
        foreach (var (begins, path) in files)
        {
            if (Follows(files, begins, index.Position.Sequence)) Replay(path, index, until, repairs);
        }

        return index;
    }

    /// <summary>Whether the file holds what comes next: not one that the snapshot has in it already.</summary>
    private static bool Follows((long Begins, string Path)[] files, long begins, long sequence) =>
        begins == files.Select(static file => file.Begins).Where(candidate => candidate <= sequence).DefaultIfEmpty(-1).Max();

    private static void Replay(string path, OfferIndex index, long until, bool repairs)
    {
        using var file = new FileStream(path, FileMode.Open, repairs ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite, 1);
        var sound = DeltaBatch.Replay(file, index, until);
        if (repairs && sound < file.Length) file.SetLength(sound);
    }

    private OfferIndex? ReadSnapshot(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);
        return OfferSnapshot.Read(file, regions);
    }

    private FileStream Open(long begins)
    {
        _open?.Dispose();
        DurableFile.CreateFolder(folder);
        var path = PathOf(begins, Deltas);
        _open = File.Exists(path) ? new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, 1) : DurableFile.Create(path);
        DirectoryEntries.Flush(folder);
        return _open;
    }

    /// <summary>Of all that is closed.</summary>
    private void MakeSnapshot()
    {
        var until = Files(Deltas)[^1].Begins;
        if (Read(until, repairs: false) is not { } index) return;
        var path = PathOf(until, Snapshot);
        var temporary = path + ".tmp";
        File.Delete(temporary);
        using (var file = DurableFile.Create(temporary))
        {
            OfferSnapshot.Write(file, index);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        DirectoryEntries.Flush(folder);
        DropOld();
    }

    /// <summary>A file of changes goes when the next one is older than what is kept, a snapshot when all after it up to the next one have
    /// gone.</summary>
    private void DropOld()
    {
        var deltas = Files(Deltas);
        var kept = deltas.Length - 1;
        while (kept > 0 && time.GetUtcNow() - File.GetLastWriteTimeUtc(deltas[kept - 1].Path) < Limits.KeptFor) kept--;
        var snapshots = Files(Snapshot);
        var first = snapshots.Where(file => file.Begins <= deltas[kept].Begins).Select(static file => file.Begins).DefaultIfEmpty(-1).Max();
        foreach (var (begins, path) in deltas[..kept].Concat(snapshots))
        {
            if (begins < first) File.Delete(path);
        }
    }

    private long NewestSnapshotBytes() => Files(Snapshot) is [.., var newest] ? new FileInfo(newest.Path).Length : 0;

    private (long Begins, string Path)[] Files(string kind) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateFiles(folder, "*" + kind)
            .Select(static path => (Begins: long.Parse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture), path))
            .OrderBy(static file => file.Begins),
    ];

    private string PathOf(long begins, string kind) => Path.Combine(folder, begins.ToString("D19", CultureInfo.InvariantCulture) + kind);
}
