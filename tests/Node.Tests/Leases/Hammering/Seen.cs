using System.Text.Json;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;

namespace Grid.Tests.Node.Leases.Hammering;

/// <summary>
/// What operators know for sure: a lease is bound from the moment that its answer came to the moment before its release was sent. It is said in lines, in the
/// order in which it became true, so that a process that is killed has said it too.
/// </summary>
internal sealed class Seen(OfferTerms terms)
{
    private readonly SortedDictionary<LeaseId, (ulong Token, Bindings Bindings)> _bound = [];
    private readonly HashSet<ulong> _tokens = [];

    /// <summary>Named where something is wrong.</summary>
    public int Seed { get; set; }

    public int Bindings { get; private set; }

    public IReadOnlyDictionary<LeaseId, (ulong Token, Bindings Bindings)> Bound => _bound;

    public static string BoundLine(Signed<Acceptance> acceptance, Bindings bindings) =>
        $"bound {acceptance.Value.Lease} {acceptance.Value.Token.Value} {JsonSerializer.Serialize(bindings, LinkJson.Default.Bindings)}";

    public static string ReleasingLine(LeaseId lease) => $"releasing {lease}";

    public void Take(string line)
    {
        var words = line.Split(' ', 4);
        var lease = LeaseId.Parse(words[1]);
        if (words[0] == "releasing") _bound.Remove(lease);
        else Bind(lease, ulong.Parse(words[2], System.Globalization.CultureInfo.InvariantCulture), JsonSerializer.Deserialize(words[3], LinkJson.Default.Bindings)!);
    }

    public void AssertFits(IEnumerable<Bindings> bindings, string what)
    {
        var sum = BoundElsewhere.Of(bindings);
        var (bound, capacity) = (sum.Amounts, terms.Capacity);
        var fits = bound.CpuMillis <= capacity.CpuMillis && bound.MemoryMib <= capacity.MemoryMib && bound.Ports <= capacity.Ports
            && capacity.StorageMib.Covers(bound.StorageMib) && sum.Devices.All(static device => device.ShareMillis <= BoundDevice.WholeMillis);
        Assert.True(fits, $"seed {Seed}, {what}: {bound} and {string.Join(", ", sum.Devices)} of {capacity}");
    }

    private void Bind(LeaseId lease, ulong token, Bindings bindings)
    {
        Assert.True(_tokens.Add(token), $"seed {Seed}: token {token} was given twice, the second time to {lease}");
        _bound[lease] = (token, bindings);
        Bindings++;
        AssertFits(_bound.Values.Select(static one => one.Bindings), $"after {lease}");
    }
}
