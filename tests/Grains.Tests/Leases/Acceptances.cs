using Grid.Leases;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Tests.Grains.Leases;

public sealed class Acceptances
{
    private static readonly LeaseTerms Terms = SampleLease.Terms();
    private static readonly Acceptance Valid = SampleLease.Acceptance(Terms);

    public static TheoryData<string, Acceptance> Unfit => new()
    {
        { "for another lease", Valid with { Lease = Some.Lease(2) } },
        { "another provider's", Valid with { Provider = Some.Provider(2) } },
        { "another authorization", Valid with { Authorization = default } },
        { "another price", Valid with { RatePerHour = new RatePerHour(1_000_001) } },
        { "another price", Valid with { FeePpm = 0 } },
        { "binds something else", Valid with { BindingsHash = default } },
    };

    [Fact]
    public void What_was_proposed_may_be_accepted() => Assert.Null(Lease.AcceptanceRefusal(Terms, Valid, SampleLease.Bindings()));

    [Theory]
    [MemberData(nameof(Unfit), DisableDiscoveryEnumeration = true)]
    public void Anything_else_opens_no_lease(string expected, Acceptance acceptance) =>
        Assert.Contains(expected, Lease.AcceptanceRefusal(Terms, acceptance, SampleLease.Bindings()), StringComparison.Ordinal);

    [Fact]
    public void Bindings_that_are_not_well_formed_open_no_lease()
    {
        var twice = new Bindings([new BoundDevice("a"), new BoundDevice("a")], 1, 1, default, []);

        Assert.NotNull(Lease.AcceptanceRefusal(Terms, Valid with { BindingsHash = twice.Hash() }, twice));
    }
}
