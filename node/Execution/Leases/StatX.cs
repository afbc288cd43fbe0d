using System.Buffers.Binary;
using Grid.Node.Execution.Posix;

namespace Grid.Node.Execution.Leases;

/// <summary>statx(2): of all stat calls the one whose structure is the same on every processor.</summary>
internal static unsafe class StatX
{
    private const int SizeBytes = 256;
    private const uint BasicStats = 0x7FF;
    private const int LinksOffset = 16;
    private const int ModeOffset = 28;
    private const int InodeOffset = 32;
    private const int BlocksOffset = 48;
    private const int DeviceOffset = 136;
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const int BlockBytes = 512;

    /// <param name="Device">Major and minor number of the file system.</param>
    public readonly record struct Entry(int Mode, long AllocatedBytes, uint Links, ulong Inode, ulong Device)
    {
        public bool IsRegularFile => (Mode & TypeMask) == RegularFile;
    }

    /// <summary>Of the entry itself, never of what a link points to. Null where it is gone.</summary>
    public static Entry? Of(string path) => Call(Libc.AtCurrentDirectory, path, Libc.AtSymlinkNoFollow);

    /// <summary>Of what an entry of <c>/proc/PID/fd</c> stands for, also where that has no name any more.</summary>
    public static Entry? OfTarget(string path) => Call(Libc.AtCurrentDirectory, path, 0);

    public static Entry? Of(int fd) => Call(fd, "", Libc.AtEmptyPath);

    private static Entry? Call(int directory, string path, int flags)
    {
        var result = stackalloc byte[SizeBytes];
        if (Libc.StatX(directory, path, flags, BasicStats, result) != 0) return null;
        var bytes = new ReadOnlySpan<byte>(result, SizeBytes);
        return new Entry(
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[ModeOffset..]),
            (long)BinaryPrimitives.ReadUInt64LittleEndian(bytes[BlocksOffset..]) * BlockBytes,
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[LinksOffset..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[InodeOffset..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[DeviceOffset..]));
    }
}
