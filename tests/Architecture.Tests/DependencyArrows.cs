namespace Grid.Tests.Architecture;

/// <summary>Protocol ← contracts/Grains ← grains ← silo, and who else may see whom.</summary>
public sealed class DependencyArrows
{
    private static readonly string[] Everything = [.. Projects.All.Where(project => !project.IsTest).Select(project => project.Part)];

    private static readonly Dictionary<string, string[]> MaySee = new(StringComparer.Ordinal)
    {
        ["chain/Crypto"] = [],
        ["chain/Ethereum"] = ["contracts/Protocol", "chain/Crypto"],
        ["contracts/Protocol"] = ["chain/Crypto"],
        ["runtime"] = [],
        ["contracts/Grains"] = ["contracts/Protocol", "chain/Crypto", "runtime"],
        ["grains"] = ["contracts/Grains", "contracts/Protocol", "chain/Crypto", "runtime"],
        ["silo"] = ["grains", "contracts/Grains", "contracts/Protocol", "chain/Crypto", "chain/Ethereum", "runtime"],
        ["node"] = ["contracts/Protocol", "chain/Crypto", "runtime"],
        ["client/Grid.Client"] = ["contracts/Protocol", "chain/Crypto"],
        ["client/Grid.Client.Grains"] = ["client/Grid.Client", "contracts/Grains", "contracts/Protocol", "chain/Crypto", "runtime"],
        ["client/Grid.CommandLine"] = ["client/Grid.Client", "contracts/Protocol", "chain/Crypto", "chain/Ethereum"],
        ["simulation"] = Everything,
        ["bench"] = Everything,
    };

    public static TheoryData<string> All => [.. Projects.All.Select(project => project.Path)];

    [Theory]
    [MemberData(nameof(All))]
    public void A_project_sees_only_what_it_may(string path)
    {
        var project = Projects.Of(path);
        var allowed = project.IsTest ? Everything : MaySee[project.Part];

        Assert.All(WithAllTheySee(project), seen => Assert.Contains(seen.Part, allowed));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_exists_only_on_the_local_host_is_referenced_only_there(string path)
    {
        var project = Projects.Of(path);
        if (project.IsLocalHostOnly) return;

        var unguarded = project.References.Where(reference => Projects.Of(reference.Path).IsLocalHostOnly && reference.Condition != Projects.LocalOnly);

        Assert.Empty(unguarded.Select(reference => reference.Path));
    }

    [Fact]
    public void Nobody_references_tests() =>
        Assert.DoesNotContain(Projects.All.SelectMany(project => project.References), reference => reference.Path.StartsWith("tests/", StringComparison.Ordinal));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Read("DecentralizedCompute.sln").Replace('\\', '/');

        Assert.All(Projects.All, project => Assert.Contains($"\"{project.Path}\"", solution, StringComparison.Ordinal));
    }

    private static HashSet<Project> WithAllTheySee(Project project)
    {
        var seen = new HashSet<Project>();
        var open = new Queue<Project>([project]);
        while (open.TryDequeue(out var next))
        {
            foreach (var reference in next.References.Select(reference => Projects.Of(reference.Path)))
            {
                if (seen.Add(reference)) open.Enqueue(reference);
            }
        }

        return seen;
    }
}
