using System.Xml.Linq;

namespace Grid.Tests.Architecture;

/// <param name="Path">From the root, with its references resolved.</param>
internal sealed record Project(string Path, bool IsLocalHostOnly, IReadOnlyList<Reference> References)
{
    /// <summary>The folder: <c>contracts/Protocol</c>.</summary>
    public string Part => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/');

    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);
}

/// <param name="Condition">Of the reference or of its group; empty where it is always there.</param>
internal sealed record Reference(string Path, string Condition);

internal static class Projects
{
    public const string LocalOnly = "'$(ActorHost)' == 'Local'";

    public static IReadOnlyList<Project> All { get; } = [.. Repository.FilesWith(".csproj").Select(Load)];

    public static Project Of(string path) => All.Single(project => project.Path == path);

    private static Project Load(string path)
    {
        var xml = XDocument.Parse(Repository.Read(path));
        return new Project(
            path,
            xml.Descendants("LocalHostOnly").Any(element => element.Value == "true"),
            [.. xml.Descendants("ProjectReference").Select(element => new Reference(Resolve(path, element.Attribute("Include")!.Value), ConditionOf(element)))]);
    }

    private static string Resolve(string from, string include)
    {
        var full = Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(from)!, include.Replace('\\', '/')));
        return Path.GetRelativePath(Repository.Root, full).Replace('\\', '/');
    }

    private static string ConditionOf(XElement element) =>
        element.Attribute("Condition")?.Value ?? element.Parent?.Attribute("Condition")?.Value ?? "";
}
