using System.Runtime.InteropServices;

namespace Grid.Node.Execution.Seccomp;

/// <summary>A system call's number on each processor; -1 where it does not exist. From the kernel's syscall tables.</summary>
public readonly record struct Syscall(string Name, int Amd64, int Arm64)
{
    /// <summary>Newer calls have one number everywhere.</summary>
    public static Syscall Everywhere(string name, int number) => new(name, number, number);

    public int On(Architecture architecture) => architecture == Architecture.Arm64 ? Arm64 : Amd64;
}
