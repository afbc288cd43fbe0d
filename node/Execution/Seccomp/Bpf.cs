using System.Buffers.Binary;

namespace Grid.Node.Execution.Seccomp;

/// <summary>One instruction of classic BPF as seccomp(2) takes it (<c>struct sock_filter</c>).</summary>
/// <param name="IfTrue">Instructions to skip when a comparison holds.</param>
/// <param name="IfFalse">Instructions to skip when it does not.</param>
public readonly record struct Bpf(ushort Code, byte IfTrue, byte IfFalse, uint Operand)
{
    public const int SizeBytes = 8;
    public const ushort LoadWord = 0x20;
    public const ushort JumpIfEqual = 0x15;
    public const ushort JumpIfGreater = 0x25;
    public const ushort JumpIfAnyBit = 0x45;
    public const ushort Return = 0x06;

    public static byte[] Assemble(IReadOnlyList<Bpf> program)
    {
        var bytes = new byte[program.Count * SizeBytes];
        for (var i = 0; i < program.Count; i++)
        {
            var slot = bytes.AsSpan(i * SizeBytes, SizeBytes);
            BinaryPrimitives.WriteUInt16LittleEndian(slot, program[i].Code);
            slot[2] = program[i].IfTrue;
            slot[3] = program[i].IfFalse;
            BinaryPrimitives.WriteUInt32LittleEndian(slot[4..], program[i].Operand);
        }

        return bytes;
    }
}
