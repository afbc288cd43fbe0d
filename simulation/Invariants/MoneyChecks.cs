using Grid.Accounts;
using Grid.Chain.Crypto;
using Grid.Leases;
using Grid.Protocol;

namespace Grid.Simulation;

/// <summary>Money is neither made nor lost, to the micro-unit, and what leases promise is held.</summary>
internal static class MoneyChecks
{
    public static void Run(World world)
    {
        var accounts = new SortedDictionary<Address, AccountState>();
        foreach (var tenant in world.Tenants) accounts[tenant.Address] = world.Virtual.Storage.Account(tenant.Address);
        foreach (var node in world.Nodes) accounts[node.Id.Value] = world.Virtual.Storage.Account(node.Id.Value);

        var charged = new SortedDictionary<Address, Money>();
        var earned = new SortedDictionary<Address, Money>();
        foreach (var history in world.Leases.Values)
        {
            if (history.Seen is not { } lease) continue;
            var payer = accounts[lease.Terms!.Payer];
            var isCharged = lease.IsSettled || payer.Settled.ContainsKey(history.Lease);
            if (isCharged) charged[lease.Terms.Payer] = charged.GetValueOrDefault(lease.Terms.Payer) + lease.Charged;
            else IsHeld(world, history.Lease, lease, payer);
            var provider = lease.Terms.Provider.Value;
            if (lease.IsSettled || accounts[provider].Credited.ContainsKey(history.Lease)) earned[provider] = earned.GetValueOrDefault(provider) + SettledLeases.PaidOf(lease);
        }

        Conserved(world, accounts, charged, earned);
    }

    private static void IsHeld(World world, LeaseId id, LeaseState lease, AccountState payer)
    {
        var held = payer.Holds.GetValueOrDefault(id)?.Total ?? Money.Zero;
        world.Verdicts.Check(held >= lease.Held, "INV-MONEY-04", () => (id.ToString(), $"{lease.Held} held while the lease is not settled", held.ToString()));
    }

    private static void Conserved(World world, SortedDictionary<Address, AccountState> accounts, SortedDictionary<Address, Money> charged, SortedDictionary<Address, Money> earned)
    {
        var verdicts = world.Verdicts;
        var (deposited, owned) = (Money.Zero, Money.Zero);
        foreach (var (address, account) in accounts)
        {
            var ledger = world.Virtual.Storage.Deposited(address);
            var spent = world.Settled.ChargedTo(address) + charged.GetValueOrDefault(address);
            var income = world.Settled.EarnedBy(address) + earned.GetValueOrDefault(address);
            verdicts.Check(!account.Available.IsNegative, "INV-MONEY-01", () => (address.ToString(), "nothing below zero", account.Available.ToString()));
            verdicts.Check(account.Paid + account.Burned == spent, "INV-MONEY-03", () => (address.ToString(), $"{spent} paid and burned, as its leases say", $"{account.Paid} + {account.Burned}"));
            verdicts.Check(account.Earned == income, "INV-MONEY-03", () => (address.ToString(), $"{income} earned, as its leases say", account.Earned.ToString()));
            verdicts.Check(account.Deposited <= ledger, "INV-MONEY-03", () => (address.ToString(), $"at most the ledger's {ledger}", account.Deposited.ToString()));
            deposited += ledger;
            owned += account.Available + account.Held + account.Burned + (ledger - account.Deposited);
        }

        verdicts.Check(owned <= deposited, "INV-MONEY-03", () => ("the grid", $"at most the {deposited} deposited", owned.ToString()));
        foreach (var tenant in world.Tenants)
        {
            var ledger = world.Virtual.Storage.Deposited(tenant.Address);
            verdicts.Check(ledger >= tenant.Funded && ledger <= tenant.Asked, "INV-MONEY-05", () => (tenant.Address.ToString(), $"the {tenant.Funded} that were acknowledged, booked once", ledger.ToString()));
            foreach (var deployment in tenant.Deployments)
                verdicts.Check(world.Virtual.Storage.Deployment(deployment) is not null, "INV-LEASE-01", () => (deployment.ToString(), "the deployment that was acknowledged", "none"));
        }
    }
}
