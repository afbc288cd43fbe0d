using System.CommandLine;

namespace Grid.CommandLine.Deployments;

internal static class DeploymentArguments
{
    public static readonly Argument<string> Id = new("ID") { Description = "The deployment's id, or the beginning of it." };

    public static readonly Argument<string> File = new("FILE") { Description = "A deploy.yaml." };

    public static readonly Option<bool> AllowUnknown = new("--allow-unknown") { Description = "Go on although the file has keys that the format does not know." };
}
