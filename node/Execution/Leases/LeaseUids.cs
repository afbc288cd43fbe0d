using System.Globalization;
using Grid.Protocol;

namespace Grid.Node.Execution.Leases;

/// <summary>
/// Gives each lease an uid of its own. The ledger is a directory of the machine, not of a node: several nodes on one machine must not share uids,
/// and a file left behind by one lease must never belong to the next. An uid is free again when its lease's directory is gone.
/// </summary>
internal sealed class LeaseUids(string ledgerDirectory)
{
    public const string MachineLedger = "/var/lib/compute-grid/uids";

    public uint Acquire(LeaseId lease, string leaseDirectory)
    {
        Directory.CreateDirectory(ledgerDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var first = (uint)lease.GetHashCode() % Limits.LeaseUidCount;
        for (var i = 0u; i < Limits.LeaseUidCount; i++)
        {
            var uid = Limits.FirstLeaseUid + ((first + i) % Limits.LeaseUidCount);
            if (TryTake(EntryOf(uid), leaseDirectory)) return uid;
        }

        throw new IOException($"All {Limits.LeaseUidCount} uids of leases are taken in {ledgerDirectory}; remove the entries of leases that are gone.");
    }

    /// <summary>Frees the uids of leases whose directory went away without a word, as a data directory that was deleted.</summary>
    public void Sweep()
    {
        if (!Directory.Exists(ledgerDirectory)) return;
        foreach (var entry in Directory.GetFiles(ledgerDirectory)) DropIfStale(entry);
    }

    public void Release(uint uid) => File.Delete(EntryOf(uid));

    private string EntryOf(uint uid) => Path.Combine(ledgerDirectory, uid.ToString(CultureInfo.InvariantCulture));

    private static bool TryTake(string entry, string leaseDirectory)
    {
        try
        {
            using var file = new FileStream(entry, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            using var reader = new StreamReader(file, leaveOpen: true);
            var holder = reader.ReadToEnd();
            if (holder.Length > 0 && holder != leaseDirectory && Directory.Exists(holder)) return false;
            file.SetLength(0);
            using var writer = new StreamWriter(file);
            writer.Write(leaseDirectory);
            writer.Flush();
            file.Flush(flushToDisk: true);
            // A sweep may have removed the entry between its opening and its lock.
            return File.Exists(entry);
        }
        catch (IOException)
        {
            // Another node holds it open this moment.
            return false;
        }
    }

    private static void DropIfStale(string entry)
    {
        try
        {
            using var file = new FileStream(entry, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            using var reader = new StreamReader(file);
            var holder = reader.ReadToEnd();
            if (holder.Length > 0 && !Directory.Exists(holder)) File.Delete(entry);
        }
        catch (IOException)
        {
            // Being taken this moment, or gone already.
        }
    }
}
