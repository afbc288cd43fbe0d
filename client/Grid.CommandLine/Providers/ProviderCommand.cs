using System.CommandLine;

namespace Grid.CommandLine.Providers;

/// <summary><c>grid provider</c>.</summary>
internal static class ProviderCommand
{
    public static Command Create() => new("provider", "Your provider on the chain: its stake, and what it has earned.")
    {
        ProviderRegisterCommand.Create(),
        ProviderStakeCommand.Create(),
        ProviderUnstakeCommand.Create(),
        ProviderClaimCommand.Create(),
    };
}
