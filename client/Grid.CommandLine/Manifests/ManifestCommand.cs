using System.CommandLine;

namespace Grid.CommandLine.Manifests;

/// <summary><c>grid manifest</c>.</summary>
internal static class ManifestCommand
{
    public static Command Create() => new("manifest", "Work with deploy.yaml files.") { ManifestCheckCommand.Create() };
}
