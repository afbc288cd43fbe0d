namespace Grid.Node.Execution.Seccomp;

/// <summary>
/// What a workload may not ask of the kernel: whatever reaches beyond its namespaces, or is a large and often broken surface that jobs do not need.
/// Calls newer than <see cref="HighestKnown"/> do not exist for it, so that a new kernel opens nothing by itself.
/// </summary>
public static class SyscallPolicy
{
    /// <summary>mseal, Linux 6.10.</summary>
    public const int HighestKnown = 462;

    public static Syscall Clone { get; } = new("clone", 56, 220);

    /// <summary>Its flags lie in memory, where a filter can't look: callers fall back to clone when it does not exist.</summary>
    public static Syscall Clone3 { get; } = Syscall.Everywhere("clone3", 435);

    public static Syscall IoControl { get; } = new("ioctl", 16, 29);

    public static Syscall Personality { get; } = new("personality", 135, 92);

    public static Syscall Socket { get; } = new("socket", 41, 198);

    /// <summary>CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET.</summary>
    public const uint CloneNamespaceFlags = 0x7E020000;

    /// <summary>TIOCSTI and TIOCLINUX type into somebody else's terminal.</summary>
    public static IReadOnlyList<uint> DeniedIoControls { get; } = [0x5412, 0x541C];

    /// <summary>PER_LINUX and PER_LINUX32 with and without UNAME26, and the query.</summary>
    public static IReadOnlyList<uint> AllowedPersonalities { get; } = [0, 8, 0x20000, 0x20008, 0xFFFFFFFF];

    /// <summary>AF_UNIX, AF_INET, AF_INET6, AF_NETLINK. Others, AF_VSOCK above all, are not bound to a network namespace.</summary>
    public static IReadOnlyList<uint> AllowedSocketFamilies { get; } = [1, 2, 10, 16];

    public static IReadOnlyList<Syscall> Denied { get; } =
    [
        new("mount", 165, 40), new("umount2", 166, 39), new("pivot_root", 155, 41), new("chroot", 161, 51),
        Syscall.Everywhere("open_tree", 428), Syscall.Everywhere("move_mount", 429), Syscall.Everywhere("fsopen", 430), Syscall.Everywhere("fsconfig", 431),
        Syscall.Everywhere("fsmount", 432), Syscall.Everywhere("fspick", 433), Syscall.Everywhere("mount_setattr", 442),
        new("unshare", 272, 97), new("setns", 308, 268),
        new("ptrace", 101, 117), new("process_vm_readv", 310, 270), new("process_vm_writev", 311, 271), new("kcmp", 312, 272),
        Syscall.Everywhere("pidfd_getfd", 438), Syscall.Everywhere("process_madvise", 440),
        new("kexec_load", 246, 104), new("kexec_file_load", 320, 294), new("reboot", 169, 142),
        new("init_module", 175, 105), new("finit_module", 313, 273), new("delete_module", 176, 106), new("create_module", 174, -1),
        new("bpf", 321, 280), new("perf_event_open", 298, 241), new("userfaultfd", 323, 282), new("fanotify_init", 300, 262),
        new("keyctl", 250, 219), new("add_key", 248, 217), new("request_key", 249, 218),
        Syscall.Everywhere("io_uring_setup", 425), Syscall.Everywhere("io_uring_enter", 426), Syscall.Everywhere("io_uring_register", 427),
        new("open_by_handle_at", 304, 265), new("name_to_handle_at", 303, 264), new("lookup_dcookie", 212, 18),
        new("swapon", 167, 224), new("swapoff", 168, 225), new("acct", 163, 89), new("quotactl", 179, 60), Syscall.Everywhere("quotactl_fd", 443),
        new("settimeofday", 164, 170), new("clock_settime", 227, 112), new("clock_adjtime", 305, 266), new("adjtimex", 159, 171),
        new("syslog", 103, 116), new("vhangup", 153, 58), new("nfsservctl", 180, 42), new("sethostname", 170, 161), new("setdomainname", 171, 162),
        new("iopl", 172, -1), new("ioperm", 173, -1), new("modify_ldt", 154, -1), new("uselib", 134, -1), new("ustat", 136, -1), new("sysfs", 139, -1),
        new("_sysctl", 156, -1), new("mbind", 237, 235), new("migrate_pages", 256, 238), new("move_pages", 279, 239), new("set_mempolicy", 238, 237),
    ];
}
