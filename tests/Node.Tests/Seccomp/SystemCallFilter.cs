using System.Runtime.InteropServices;
using Grid.Node.Execution.Seccomp;

namespace Grid.Tests.Node.Seccomp;

public sealed class SystemCallFilter
{
    private const ulong CloneNewUser = 0x10000000;
    private const ulong OrdinaryThread = 0x3D0F00;

    public static TheoryData<Architecture> Architectures => [Architecture.X64, Architecture.Arm64];

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Every_denied_call_fails(Architecture architecture)
    {
        foreach (var call in SyscallPolicy.Denied.Where(call => call.On(architecture) >= 0))
        {
            Assert.True(Answer(architecture, call.On(architecture)) == SeccompFilter.NotPermitted, call.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Denied_numbers_are_distinct(Architecture architecture)
    {
        var numbers = SyscallPolicy.Denied.Select(call => call.On(architecture)).Where(number => number >= 0).ToList();
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
    }

    [Theory]
    [InlineData(Architecture.X64, 0, 1, 2, 59, 60, 202, 231, 257)]
    [InlineData(Architecture.Arm64, 56, 63, 64, 93, 94, 98, 221, 222)]
    public void Ordinary_calls_pass(Architecture architecture, params int[] numbers)
    {
        foreach (var number in numbers) Assert.Equal(SeccompFilter.Allow, Answer(architecture, number));
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void A_thread_may_be_made_but_no_namespace(Architecture architecture)
    {
        var clone = SyscallPolicy.Clone.On(architecture);
        Assert.Equal(SeccompFilter.Allow, Answer(architecture, clone, OrdinaryThread));
        Assert.Equal(SeccompFilter.NotPermitted, Answer(architecture, clone, OrdinaryThread | CloneNewUser));
        Assert.Equal(SeccompFilter.NotImplemented, Answer(architecture, SyscallPolicy.Clone3.On(architecture)));
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Nobody_types_into_a_terminal(Architecture architecture)
    {
        var ioctl = SyscallPolicy.IoControl.On(architecture);
        Assert.Equal(SeccompFilter.NotPermitted, Answer(architecture, ioctl, 0, 0x5412));
        // Drivers ignore the upper half of a request, so the filter must too.
        Assert.Equal(SeccompFilter.NotPermitted, Answer(architecture, ioctl, 0, 0x1_0000_5412));
        Assert.Equal(SeccompFilter.Allow, Answer(architecture, ioctl, 0, 0x5401));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(10, true)]
    [InlineData(17, false)]
    [InlineData(38, false)]
    [InlineData(40, false)]
    public void Only_sockets_of_the_own_network_can_be_made(uint family, bool allowed)
    {
        foreach (var architecture in new[] { Architecture.X64, Architecture.Arm64 })
        {
            Assert.Equal(allowed ? SeccompFilter.Allow : SeccompFilter.FamilyNotSupported, Answer(architecture, SyscallPolicy.Socket.On(architecture), family));
        }
    }

    [Fact]
    public void Another_calling_convention_ends_the_process()
    {
        var filter = SeccompFilter.Compile(Architecture.X64);
        Assert.Equal(SeccompFilter.KillProcess, BpfMachine.Run(filter, 1, 0x40000003));
        Assert.Equal(SeccompFilter.NotImplemented, BpfMachine.Run(filter, 0x40000001, SeccompFilter.AuditArchitecture(Architecture.X64)));
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Calls_of_a_future_kernel_do_not_exist(Architecture architecture) =>
        Assert.Equal(SeccompFilter.NotImplemented, Answer(architecture, SyscallPolicy.HighestKnown + 1));

    private static uint Answer(Architecture architecture, int number, params ulong[] arguments) =>
        BpfMachine.Run(SeccompFilter.Compile(architecture), (uint)number, SeccompFilter.AuditArchitecture(architecture), arguments);
}
