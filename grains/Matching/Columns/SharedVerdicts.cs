using Grid.Protocol.Matching;

namespace Grid.Matching;

/// <summary>Which part of a listing that it shares with others a filter asks about.</summary>
internal enum SharedPart : byte
{
    Spot,
    Claims,
}

/// <summary>What one filter says of each shared part: asked once of each, and kept for the rest of the scan.</summary>
internal sealed class SharedVerdicts(HardFilter filter, SharedPart part)
{
    private const byte Unknown = 0;
    private const byte Passes = 1;
    private const byte Fails = 2;

    /// <summary>Up to so many distinct parts are all asked beforehand, to see whether the filter excludes anybody at all.</summary>
    private const int AskedBeforehand = 64;

    private byte[] _verdicts = [];
    private ListingFilter _filter;
    private SharedParts? _parts;

    /// <returns>Whether it may exclude somebody.</returns>
    public bool Start(in ListingFilter asked, SharedParts parts)
    {
        (_filter, _parts) = (asked, parts);
        var capacity = CapacityOf(parts);
        if (_verdicts.Length < capacity) _verdicts = new byte[2 * capacity];
        else _verdicts.AsSpan(0, capacity).Clear();
        if (capacity > AskedBeforehand) return true;
        var excludes = false;
        for (var ordinal = 0; ordinal < capacity; ordinal++) excludes |= IsInUse(parts, ordinal) && !DoesPass(ordinal);
        return excludes;
    }

    public bool DoesPass(in ListedRow row) => DoesPass(part == SharedPart.Spot ? row.Spot : row.Claims);

    private bool DoesPass(int ordinal)
    {
        ref var verdict = ref _verdicts[ordinal];
        if (verdict == Unknown) verdict = _filter.Excludes(filter, Only(ordinal)) ? Fails : Passes;
        return verdict == Passes;
    }

    /// <summary>A listing of which only this part is known, since the filter asks for nothing else.</summary>
    private Listing Only(int ordinal)
    {
        if (part == SharedPart.Spot)
        {
            var spot = _parts!.Spots[ordinal];
            return new Listing { Region = spot.Region, Zone = spot.Zone, Token = spot.Token };
        }

        var claims = _parts!.Claims[ordinal];
        return new Listing { Attributes = claims.Attributes, ComplianceLabels = claims.Labels, Auditors = claims.Auditors };
    }

    private int CapacityOf(SharedParts parts) => part == SharedPart.Spot ? parts.Spots.Capacity : parts.Claims.Capacity;

    private bool IsInUse(SharedParts parts, int ordinal) => part == SharedPart.Spot ? parts.Spots.IsInUse(ordinal) : parts.Claims.IsInUse(ordinal);
}
