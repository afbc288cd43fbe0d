using Grid.Node.Execution;
using Grid.Node.Execution.Sandboxes;

namespace Grid.Tests.Node.Execution;

public sealed class WorkloadChecks
{
    private static readonly LeaseWorkload Good = new(NodeUnderTest.NewLease(), 1, 1000, 64, [NodeUnderTest.Batch("true")]);

    [Fact]
    public void A_plain_workload_passes() => Assert.Empty(WorkloadRules.ProblemsOf(Good));

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData(".hidden")]
    [InlineData("a b")]
    public void A_service_name_that_is_no_file_name_is_refused(string name) => Assert.NotEmpty(WorkloadRules.ProblemsOf(With(NodeUnderTest.Batch("true", name))));

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("/proc/1/environ")]
    [InlineData("/usr")]
    [InlineData("/")]
    [InlineData("../../etc")]
    [InlineData("/data/../etc")]
    [InlineData("/data//x")]
    [InlineData("")]
    [InlineData("/data/\n")]
    public void A_path_that_leads_elsewhere_is_refused(string path)
    {
        foreach (var service in new[]
        {
            NodeUnderTest.Batch("true") with { Inputs = [new NamedPath("in", path)] },
            NodeUnderTest.Batch("true") with { Outputs = [new NamedPath("out", path)] },
            NodeUnderTest.Batch("true") with { Volumes = [new VolumeMount("v", path, false)] },
        })
        {
            Assert.NotEmpty(WorkloadRules.ProblemsOf(With(service)));
        }
    }

    [Fact]
    public void An_output_needs_a_directory_that_is_kept() =>
        Assert.Contains("outputs", Assert.Single(WorkloadRules.ProblemsOf(With(NodeUnderTest.Batch("true") with { Outputs = [new NamedPath("out", "/result")] }))), StringComparison.Ordinal);

    [Fact]
    public void Numbers_out_of_range_are_named_with_what_was_expected()
    {
        var problem = Assert.Single(WorkloadRules.ProblemsOf(With(NodeUnderTest.Batch("true") with { Ports = [70_000] })));
        Assert.Equal("service 'job': ports: 70000: expected 1 to 65535", problem);
    }

    [Fact]
    public void A_problem_never_shows_a_secret()
    {
        var service = NodeUnderTest.Batch("true") with { Environment = [new EnvironmentVariable("1BAD", "canary"), new EnvironmentVariable("GOOD", "can\0ary")] };
        Assert.All(WorkloadRules.ProblemsOf(With(service)), problem => Assert.DoesNotContain("ary", problem, StringComparison.Ordinal));
    }

    [Fact]
    public void An_output_is_found_below_the_innermost_mount()
    {
        var lease = With(NodeUnderTest.Batch("true") with
        {
            Volumes = [new VolumeMount("models", "/work/models", false)],
            Outputs = [new NamedPath("a", "a.txt"), new NamedPath("b", "/work/models/b.txt"), new NamedPath("c", "/results/deep/c.txt")],
        });
        var mounts = MountPlan.Of(NodeUnderTest.KeyOf(lease), lease.Services[0]);

        Assert.Equal(("work/job.0", "a.txt"), MountPlan.Locate(mounts, "a.txt"));
        Assert.Equal(("volumes/job.0/models", "b.txt"), MountPlan.Locate(mounts, "models/b.txt"));
        Assert.Equal("c.txt", MountPlan.Locate(mounts, "/results/deep/c.txt")!.Value.File);
        Assert.Null(MountPlan.Locate(mounts, "/usr/bin/true"));
        Assert.Equal(mounts.Select(mount => mount.Destination).Distinct(), mounts.Select(mount => mount.Destination));
    }

    private static LeaseWorkload With(ServiceWorkload service) => Good with { Services = [service] };
}
