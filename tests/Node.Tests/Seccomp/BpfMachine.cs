using System.Buffers.Binary;

namespace Grid.Tests.Node.Seccomp;

/// <summary>Runs a filter as the kernel does, and refuses what the kernel would refuse to load.</summary>
internal static class BpfMachine
{
    public static uint Run(byte[] program, uint number, uint architecture, params ulong[] arguments)
    {
        var data = new byte[64];
        BinaryPrimitives.WriteUInt32LittleEndian(data, number);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(4), architecture);
        for (var i = 0; i < arguments.Length; i++) BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(16 + (8 * i)), arguments[i]);

        var accumulator = 0u;
        for (var at = 0; ;)
        {
            var instruction = program.AsSpan(at * 8, 8);
            var operand = BinaryPrimitives.ReadUInt32LittleEndian(instruction[4..]);
            var code = BinaryPrimitives.ReadUInt16LittleEndian(instruction);
            if (code == 0x06) return operand;
            at++;
            if (code == 0x20) accumulator = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan((int)operand));
            else at += Jumps(code, accumulator, operand) ? instruction[2] : instruction[3];
        }
    }

    private static bool Jumps(ushort code, uint accumulator, uint operand) => code switch
    {
        0x15 => accumulator == operand,
        0x25 => accumulator > operand,
        0x45 => (accumulator & operand) != 0,
        _ => throw new InvalidOperationException($"The kernel would not load instruction 0x{code:x}."),
    };
}
