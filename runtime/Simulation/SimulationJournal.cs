using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Grid.Runtime.Simulation;

/// <summary>A running SHA-256 over everything that has happened: equal hashes mean equal runs.</summary>
public sealed class SimulationJournal : IDisposable
{
    private const int EntryBytes = 25;
    private const int BufferBytes = EntryBytes * 320;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly Action<string>? _trace;
    private int _length;

    internal SimulationJournal(Action<string>? trace) => _trace = trace;

    /// <summary>Entries so far.</summary>
    public long Count { get; private set; }

    /// <summary>The hash of all entries so far, in lower-case hexadecimal.</summary>
    public string Hash
    {
        get
        {
            Flush();
            return Convert.ToHexStringLower(_hash.GetCurrentHash());
        }
    }

    /// <summary>Adds an event of the simulated world itself.</summary>
    public void Note(string text)
    {
        Flush();
        _hash.AppendData(Encoding.UTF8.GetBytes(text));
        Count++;
        _trace?.Invoke(text);
    }

    public void Dispose() => _hash.Dispose();

    internal void Write(JournalEntry entry, long nowTicks, long subject, long detail = 0)
    {
        if (_length + EntryBytes > BufferBytes)
            Flush();
        var bytes = _buffer.AsSpan(_length, EntryBytes);
        bytes[0] = (byte)entry;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[1..], nowTicks);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[9..], subject);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[17..], detail);
        _length += EntryBytes;
        Count++;
        _trace?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{TimeSpan.FromTicks(nowTicks)} {entry} {subject} {detail}"));
    }

    private void Flush()
    {
        _hash.AppendData(_buffer, 0, _length);
        _length = 0;
    }
}

/// <summary>Kinds of journal entries. The numbers are part of the hash.</summary>
internal enum JournalEntry : byte
{
    Turn = 1,
    Send = 2,
    Deliver = 3,
    Answer = 4,
    LostRequest = 5,
    LostAnswer = 6,
    Doubled = 7,
    TimedOut = 8,
    Timer = 9,
    Storage = 10,
    StorageFailed = 11,
    StorageOutcomeUnknown = 12,
    Crash = 13,
    Start = 14,
    Spawn = 15,
    SplitBrain = 16,
}
