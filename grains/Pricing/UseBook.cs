using System.Collections.Immutable;
using Grid.Protocol;

namespace Grid.Pricing;

/// <summary>What every provider of one key offers now, and the sum of it by region. In memory: the reports of a minute make it
/// anew.</summary>
internal sealed class UseBook
{
    private readonly SortedDictionary<ProviderId, (UseReport Report, DateTimeOffset At)> _reports = [];
    private readonly SortedDictionary<string, Utilization> _regions = new(StringComparer.Ordinal);
    private ProviderId _lastHinted;

    public bool IsEmpty => _reports.Count == 0;

    public IEnumerable<string> Regions => _regions.Keys;

    public Utilization Of(string region) => _regions.GetValueOrDefault(region);

    public void Take(UseReport report, DateTimeOffset now)
    {
        Drop(report.Provider);
        if (report.Offered <= 0) return;
        _reports[report.Provider] = (report, now);
        _regions[report.Region] = Of(report.Region) + UseOf(report);
    }

    /// <summary>Who was not heard since then offers nothing any more.</summary>
    public void DropBefore(DateTimeOffset then)
    {
        foreach (var provider in _reports.Where(entry => entry.Value.At < then).Select(static entry => entry.Key).ToArray()) Drop(provider);
    }

    /// <summary>Those of a region whose price follows, a bounded number at a time, in turns.</summary>
    public ImmutableArray<ProviderId> NextFollowers(string region, int most)
    {
        bool Follows((UseReport Report, DateTimeOffset At) entry) => entry.Report.Follows && entry.Report.Region == region;
        var followers = _reports.Where(entry => Follows(entry.Value)).Select(static entry => entry.Key).ToArray();
        var after = followers.Where(provider => provider.CompareTo(_lastHinted) > 0);
        ImmutableArray<ProviderId> next = [.. after.Concat(followers).Take(Math.Min(most, followers.Length))];
        if (!next.IsEmpty) _lastHinted = next[^1];
        return next;
    }

    private void Drop(ProviderId provider)
    {
        if (!_reports.Remove(provider, out var former)) return;
        var rest = Of(former.Report.Region) - UseOf(former.Report);
        if (rest.Offered <= 0) _regions.Remove(former.Report.Region);
        else _regions[former.Report.Region] = rest;
    }

    private static Utilization UseOf(UseReport report) => new(report.Offered, Math.Clamp(report.Leased, 0, report.Offered));
}
