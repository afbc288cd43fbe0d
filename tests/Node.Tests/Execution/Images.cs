using System.Diagnostics;
using Grid.Node.Execution;
using Grid.Node.Execution.Images;

namespace Grid.Tests.Node.Execution;

public sealed class Images
{
    private static bool HasTools => File.Exists("/usr/bin/skopeo") && File.Exists("/usr/bin/umoci");

    [Fact]
    public async Task An_image_that_this_node_can_not_have_is_refused_by_name()
    {
        await using var node = await NodeUnderTest.StartAsync(imageTransport: "oci:/nonexistent/");
        var refused = await Assert.ThrowsAsync<WorkloadRefusedException>(() => node.StartAsync(node.Lease(NodeUnderTest.Batch("true") with { Image = "library/nginx:1" })));
        Assert.Contains("library/nginx:1", refused.Message, StringComparison.Ordinal);
        if (!HasTools) Assert.Contains("install the packages skopeo and umoci", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_runs_with_its_own_root_command_and_variables()
    {
        Assert.SkipUnless(HasTools, "needs the packages skopeo and umoci");
        var registry = Directory.CreateTempSubdirectory("grid-images-");
        try
        {
            File.SetUnixFileMode(registry.FullName, (UnixFileMode)0b111_101_101);
            await BuildAsync(registry.FullName);
            await using var node = await NodeUnderTest.StartAsync(imageTransport: "oci:");
            var service = NodeUnderTest.Batch("") with { Image = $"{registry.FullName}/layout:hello", Command = [] };
            var lease = node.Lease(service with { Outputs = [new NamedPath("result", "/work/result")] });

            var status = await node.RunAsync(lease);

            Assert.True(status.ExitCode == 0, string.Join('\n', node.Log(status.Key)));
            Assert.Equal(["hello from /srv"], node.Log(status.Key));
            using var output = new StreamReader(node.Engine.OpenOutput(status.Key, "result"));
            Assert.Equal("kept\n", await output.ReadToEndAsync(TestContext.Current.CancellationToken));
        }
        finally
        {
            registry.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a;b")]
    public void A_reference_that_a_tool_would_misread_is_refused(string image) => Assert.False(ImageReference.IsValid(image));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"process": {"args": "sh"}}""")]
    [InlineData("""{"process": {"args": ["sh"], "env": ["=x"]}}""")]
    [InlineData("""{"process": {"args": ["sh"], "cwd": "../x"}}""")]
    public void A_configuration_that_makes_no_sense_is_refused(string json) => Assert.Throws<FormatException>(() => ImageConfig.Parse(json));

    /// <summary>An image of nothing but a shell and what it links to.</summary>
    private static Task BuildAsync(string directory) => ShellAsync(
        $"""
        set -e; cd {directory}; mkdir -p root/bin root/srv root/etc root/tmp
        cp -L /bin/sh root/bin/sh
        for lib in $(ldd /bin/sh | grep -o '/[^ ]*'); do mkdir -p root$(dirname $lib); cp -L $lib root$lib; done
        umoci init --layout layout; umoci new --image layout:hello
        umoci insert --rootless --image layout:hello root /
        umoci config --image layout:hello --config.env GREETING=hello --config.workingdir /srv --config.entrypoint /bin/sh --config.cmd -c --config.cmd 'echo "$GREETING from $PWD"; echo kept > /work/result; echo x > /anywhere'
        chmod -R a+rX .
        """);

    private static async Task ShellAsync(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardError = true })!;
        var errors = await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, errors);
    }
}
