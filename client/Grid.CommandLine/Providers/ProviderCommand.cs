using System.CommandLine;

namespace Grid.CommandLine.Providers;

/// <summary><c>grid provider</c>.</summary>
internal static class ProviderCommand
{
    public static Command Create() => new("provider", "Your provider: what it has earned.")
    {
        ProviderClaimCommand.Create(),
    };
}
