using Grid.Chain.Crypto;

namespace Grid.Chain.Ethereum;

/// <summary>
/// The 2048-bit Bloom filter over addresses and topics of a block's logs (yellow paper, 4.3.1). What it does not hold, the block
/// surely has not logged; what it holds may be there.
/// </summary>
public sealed class LogsBloom
{
    public const int SizeBytes = 256;
    private const int BitMask = SizeBytes * 8 - 1;

    private readonly byte[] _bits;

    private LogsBloom(byte[] bits) => _bits = bits;

    public static LogsBloom Empty { get; } = new(new byte[SizeBytes]);

    /// <param name="bits">Exactly 256 bytes.</param>
    public static LogsBloom Of(ReadOnlySpan<byte> bits) =>
        bits.Length == SizeBytes
            ? new LogsBloom(bits.ToArray())
            : throw new ArgumentException($"A logs bloom has {SizeBytes} bytes, not {bits.Length}.", nameof(bits));

    public static LogsBloom Over(IEnumerable<LogEntry> logs)
    {
        var bits = new byte[SizeBytes];
        foreach (var log in logs)
        {
            Set(bits, log.Address.ToByteArray());
            foreach (var topic in log.Topics) Set(bits, topic.ToByteArray());
        }

        return new LogsBloom(bits);
    }

    public bool MayHold(Address address) => MayHold(address.ToByteArray());

    public bool MayHold(Hash256 topic) => MayHold(topic.ToByteArray());

    private bool MayHold(byte[] value) => Positions(value).All(at => (_bits[at.Byte] & at.Bit) != 0);

    private static void Set(byte[] bits, byte[] value)
    {
        foreach (var (index, bit) in Positions(value)) bits[index] |= bit;
    }

    private static IEnumerable<(int Byte, byte Bit)> Positions(byte[] value)
    {
        var hash = Keccak256.Hash(value).ToByteArray();
        for (var i = 0; i < 6; i += 2)
        {
            var bit = (hash[i] << 8 | hash[i + 1]) & BitMask;
            yield return (SizeBytes - 1 - bit / 8, (byte)(1 << bit % 8));
        }
    }
}
