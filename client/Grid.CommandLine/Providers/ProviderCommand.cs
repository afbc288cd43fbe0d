using System.CommandLine;
using Grid.CommandLine.Providers.Offers;

namespace Grid.CommandLine.Providers;

/// <summary><c>grid provider</c>.</summary>
internal static class ProviderCommand
{
    public static Command Create() =>
        new("provider", "Your provider: what it lists and asks, its stake on the chain, and what it has earned.")
    {
        ProviderPriceCommand.Create(),
        ProviderOfferCommand.Create(),
        ProviderMaintenanceCommand.Create(),
        ProviderRegisterCommand.Create(),
        ProviderStakeCommand.Create(),
        ProviderUnstakeCommand.Create(),
        ProviderClaimCommand.Create(),
        ProviderClaimLeasesCommand.Create(),
    };
}
