using System.Runtime.InteropServices;

namespace Grid.Node.Execution.Seccomp;

/// <summary>Compiles <see cref="SyscallPolicy"/> into the program that the kernel runs at every system call of a workload.</summary>
public static class SeccompFilter
{
    public const uint Allow = 0x7FFF0000;
    public const uint KillProcess = 0x80000000;
    public const uint NotPermitted = FailWith | 1;
    public const uint NotImplemented = FailWith | 38;
    public const uint FamilyNotSupported = FailWith | 97;

    private const uint FailWith = 0x00050000;
    private const uint NumberOffset = 0;
    private const uint ArchitectureOffset = 4;

    /// <summary>Lower half of the first argument; arguments are 8 bytes, little-endian on both processors.</summary>
    private const uint ArgumentsOffset = 16;

    public static byte[] Compile(Architecture architecture)
    {
        var program = new List<Bpf>
        {
            new(Bpf.LoadWord, 0, 0, ArchitectureOffset),
            new(Bpf.JumpIfEqual, 1, 0, AuditArchitecture(architecture)),
            // Another calling convention of the same processor has other numbers: no rule below would mean what it says.
            new(Bpf.Return, 0, 0, KillProcess),
            new(Bpf.LoadWord, 0, 0, NumberOffset),
            // This also ends x32, whose numbers start at 0x40000000.
            new(Bpf.JumpIfGreater, 0, 1, SyscallPolicy.HighestKnown),
            new(Bpf.Return, 0, 0, NotImplemented),
        };
        Answer(program, SyscallPolicy.Clone3.On(architecture), NotImplemented);
        foreach (var call in SyscallPolicy.Denied.Where(call => call.On(architecture) >= 0)) Answer(program, call.On(architecture), NotPermitted);

        ForArgument(program, SyscallPolicy.Clone.On(architecture), 0, [new(Bpf.JumpIfAnyBit, 0, 1, SyscallPolicy.CloneNamespaceFlags), Returning(NotPermitted)]);
        ForArgument(program, SyscallPolicy.IoControl.On(architecture), 1, DenyListed(SyscallPolicy.DeniedIoControls, NotPermitted));
        ForArgument(program, SyscallPolicy.Personality.On(architecture), 0, AllowListed(SyscallPolicy.AllowedPersonalities, NotPermitted));
        ForArgument(program, SyscallPolicy.Socket.On(architecture), 0, AllowListed(SyscallPolicy.AllowedSocketFamilies, FamilyNotSupported));
        program.Add(Returning(Allow));
        return Bpf.Assemble(program);
    }

    public static uint AuditArchitecture(Architecture architecture) => architecture switch
    {
        Architecture.X64 => 0xC000003E,
        Architecture.Arm64 => 0xC00000B7,
        _ => throw new PlatformNotSupportedException($"No system call table for {architecture}; x64 and arm64 are known."),
    };

    private static void Answer(List<Bpf> program, int number, uint answer)
    {
        program.Add(new Bpf(Bpf.JumpIfEqual, 0, 1, (uint)number));
        program.Add(Returning(answer));
    }

    /// <summary>Every path through <paramref name="rules"/> ends in a return, or falls out of their end into "allow".</summary>
    private static void ForArgument(List<Bpf> program, int number, uint argument, List<Bpf> rules)
    {
        program.Add(new Bpf(Bpf.JumpIfEqual, 0, checked((byte)(rules.Count + 2)), (uint)number));
        program.Add(new Bpf(Bpf.LoadWord, 0, 0, ArgumentsOffset + (8 * argument)));
        program.AddRange(rules);
        program.Add(Returning(Allow));
    }

    private static List<Bpf> DenyListed(IEnumerable<uint> values, uint answer) =>
        [.. values.SelectMany(value => new[] { new Bpf(Bpf.JumpIfEqual, 0, 1, value), Returning(answer) })];

    private static List<Bpf> AllowListed(IEnumerable<uint> values, uint otherwise) => [.. DenyListed(values, Allow), Returning(otherwise)];

    private static Bpf Returning(uint answer) => new(Bpf.Return, 0, 0, answer);
}
