using Grid.Protocol;
using Grid.Protocol.Settlement;

namespace Grid.Tests.Grains.Settlements;

/// <summary>
/// Deposits, leases, crashes, reorgs, outages, challenges, exits and withdrawals in any order: the chain and the grid's ledger agree to
/// the micro-unit.
/// </summary>
public sealed class RandomSchedules
{
    private const int FewSchedules = 50;
    private const int ManySchedules = 1_000;
    private const int Steps = 80;

    private static int Schedules => Environment.GetEnvironmentVariable("GRID_LONG_TESTS") == "1" ? ManySchedules : FewSchedules;

    [Fact]
    public void Chain_and_ledger_agree_to_the_micro_unit_after_any_schedule()
    {
        var (leases, charged, voided, answered, exits, withdrawn) = (0, Money.Zero, 0, 0, 0, Money.Zero);
        for (ulong seed = 1; seed <= (ulong)Schedules; seed++)
        {
            try
            {
                using var world = new SettlementWorld(seed);
                Play(world, new Random((int)seed));
                Settle(world);
                Agree(world);
                leases += world.Leases.Count;
                charged += world.Chain.Firm.Final.Charged;
                voided += world.Chain.Firm.Voided;
                (answered, exits) = (answered + world.Chain.Firm.Answered, exits + world.Chain.Firm.Exits);
                withdrawn += world.Chain.Firm.Deposited - world.Chain.Firm.Balance;
                EverybodyGetsWhatIsTheirs(world);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Schedule of seed {seed}: {failure.Message}", failure);
            }
        }

        var did = $"{Schedules} schedules (seeds 1 to {Schedules}): {leases} leases, {charged} settled, {withdrawn} withdrawn, {exits} exits, {answered} answers";
        TestContext.Current.TestOutputHelper?.WriteLine(did);
        Assert.True(leases > Schedules && charged > Money.Zero && withdrawn > Money.Zero && exits > 0 && answered > 0, did);
        Assert.Equal(0, voided);
    }

    private static void Play(SettlementWorld world, Random random)
    {
        for (var step = 0; step < Steps; step++)
        {
            Act(world, random);
            world.Run(random.Next(1, 12));
            if (random.Next(3) > 0) world.Chain.BecomeFirm();
            Sound(world);
        }
    }

    private static void Act(SettlementWorld world, Random random)
    {
        var payer = random.Next(SettlementWorld.Payers);
        var who = SettlementWorld.Payer(payer);
        switch (random.Next(14))
        {
            case 0 or 1:
                world.Chain.Do(escrow => escrow.Deposit(who, new Money(random.Next(1, 8_000_000))));
                break;
            case 2 or 3 or 4 or 5:
                world.Open(payer, random.Next(SettlementWorld.Providers), new Money(random.Next(1, 6_000_000)));
                break;
            case 6 or 7 when world.Leases.Count > 0:
                world.Close(world.Leases[random.Next(world.Leases.Count)]);
                break;
            case 8:
                world.Crash();
                break;
            case 9:
                world.Chain.Reorg();
                break;
            case 10:
                world.Withdraw(payer, new Money(random.Next(1, 3_000_000)));
                break;
            case 11 when random.Next(4) == 0:
                world.Chain.Do(escrow => escrow.RequestExit(who));
                break;
            case 12 when !world.Chain.IsAway && world.Chain.Head.IsOpen:
                world.Chain.Do(escrow => escrow.Challenge((uint)random.Next((int)escrow.Pending.Accounts)));
                break;
            case 13:
                world.Chain.GoAway(random.Next(1, 60));
                break;
        }

        if (world.Chain.Head.Find(who) is { ExitReadyAt: > 0 } leaving && leaving.ExitReadyAt <= world.Chain.Head.Now) world.CompleteExit(payer);
        world.Claim(random.Next(SettlementWorld.Providers));
    }

    private static void Sound(SettlementWorld world)
    {
        var escrow = world.Chain.Head;
        Assert.False(escrow.Pool.IsNegative, "the pool holds what was promised");
        Assert.True(escrow.ClaimedInAll <= escrow.Final.Earned && escrow.FeesPaid <= escrow.Final.Fees, "nothing is paid that no final root charges");
        Assert.Null(world.Settlement.Fault);
    }

    /// <summary>Every lease ends, and every charge gets into a root that is final.</summary>
    private static void Settle(SettlementWorld world)
    {
        world.Chain.ComeBack();
        foreach (var lease in world.Leases.Where(static lease => !lease.IsOver)) world.Close(lease);
        for (var round = 0; round < 200; round++)
        {
            world.Run(10);
            world.Chain.BecomeFirm();
            world.Look();
            var charged = world.Leases.Aggregate(Money.Zero, static (sum, lease) => sum + lease.Charged);
            var status = world.Settlement;
            if (world.Leases.All(static lease => lease.IsOver) && status.OpenBatch == 0 && status.FinalRoot.Charged == charged) return;
        }

        throw new TimeoutException($"not all is settled after 200 rounds: {string.Join("; ", Enumerable.Range(0, SettlementWorld.Payers).Select(payer => Standing(world, payer)))}");
    }

    private static string Standing(SettlementWorld world, int payer)
    {
        var who = SettlementWorld.Payer(payer);
        var leases = world.Leases.Where(lease => lease.Payer == who).ToArray();
        var billed = leases.Aggregate(Money.Zero, static (sum, lease) => sum + lease.Charged);
        var account = world.Account(payer);
        return
            $"payer {payer} has {world.Chain.Firm.Find(who)}, billed {billed}, paid {account.Paid + account.Burned}, held {account.Held}, leaf {world.FinalPlace(payer)?.Leaf.Charged}, {leases.Count(static lease => !lease.IsOver)} leases open";
    }

    private static void Agree(SettlementWorld world)
    {
        for (var round = 0; round < 100 && world.ListedLeases().Count > 0; round++)
        {
            world.Run(10);
            world.Chain.BecomeFirm();
            world.Look();
        }

        Assert.Empty(world.ListedLeases());
        for (var payer = 0; payer < SettlementWorld.Payers; payer++)
        {
            var who = SettlementWorld.Payer(payer);
            var (account, escrow) = (world.Account(payer), world.Chain.Firm.Find(who));
            var billed = world.Leases.Where(lease => lease.Payer == who).Aggregate(Money.Zero, static (sum, lease) => sum + lease.Charged);
            var leaf = world.FinalPlace(payer)?.Leaf ?? PayerLeaf.None;

            Assert.Equal((billed, billed), (account.Paid + account.Burned, leaf.Charged));
            Assert.True(leaf.Charged <= (escrow?.Balance ?? Money.Zero), "nobody is charged more than he has left there");
            Assert.Equal((escrow?.Balance ?? Money.Zero, Money.Zero), (account.Deposited, account.Held));
            Assert.Equal(account.Deposited - billed - account.Reserved, account.Available);
        }
    }

    /// <summary>Providers claim, fees are collected, payers leave: nothing is left and nothing is missing.</summary>
    private static void EverybodyGetsWhatIsTheirs(SettlementWorld world)
    {
        for (var provider = 0; provider < SettlementWorld.Providers; provider++) world.Claim(provider);
        foreach (var account in world.Chain.Head.Accounts) world.Chain.Do(escrow => escrow.RequestExit(account.Payer));
        world.Chain.Pass(EscrowModel.ExitDelay);
        world.Chain.BecomeFirm();
        for (var payer = 0; payer < SettlementWorld.Payers; payer++)
        {
            if (world.Chain.Head.Find(SettlementWorld.Payer(payer)) is not null) Assert.True(world.CompleteExit(payer), "every exit completes");
        }

        world.Look();
        world.Chain.Pass(1);
        var escrow = world.Chain.Head;
        Assert.Equal((escrow.Final.Earned, escrow.Final.Fees, Money.Zero), (escrow.ClaimedInAll, escrow.FeesPaid, escrow.Pool));
    }
}
