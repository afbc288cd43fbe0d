using System.Numerics;
using Grid.Chain.Crypto;

namespace Grid.Matching;

/// <summary>The place of one listing of each provider, found by its address: open addressing without a copy of the key.</summary>
internal sealed class PlaceMap(ListingStore store)
{
    private const int Free = 0;
    private const int FirstSlots = 64;

    /// <summary>Addresses are hashes already: multiplying by the golden ratio spreads what their own hash folds together.</summary>
    private const uint Spread = 0x9E37_79B9;

    /// <summary>Places, one up.</summary>
    private int[] _slots = new int[FirstSlots];
    private int _count;

    /// <returns>A place, or −1 where the provider has none.</returns>
    public int Find(Address provider)
    {
        for (var slot = HomeOf(provider); _slots[slot] != Free; slot = After(slot))
        {
            if (store.ProviderAt(_slots[slot] - 1) == provider) return _slots[slot] - 1;
        }

        return -1;
    }

    /// <param name="place">Of a provider that has none yet.</param>
    public void Add(Address provider, int place)
    {
        if (4 * ++_count > 3 * _slots.Length) Grow();
        _slots[FirstFree(provider)] = place + 1;
    }

    /// <param name="from">Where the provider's listing was; nothing is to be done where the map knows another one of it.</param>
    public void Move(Address provider, int from, int to)
    {
        for (var slot = HomeOf(provider); _slots[slot] != Free; slot = After(slot))
        {
            if (_slots[slot] != from + 1) continue;
            _slots[slot] = to + 1;
            return;
        }
    }

    /// <summary>What came after it and would not be found over the gap moves up.</summary>
    public void Remove(Address provider, int place)
    {
        var gap = HomeOf(provider);
        while (_slots[gap] != place + 1) gap = After(gap);
        for (var slot = After(gap); _slots[slot] != Free; slot = After(slot))
        {
            var home = HomeOf(store.ProviderAt(_slots[slot] - 1));
            if ((slot - home & _slots.Length - 1) < (slot - gap & _slots.Length - 1)) continue;
            _slots[gap] = _slots[slot];
            gap = slot;
        }

        _slots[gap] = Free;
        _count--;
    }

    private int FirstFree(Address provider)
    {
        var slot = HomeOf(provider);
        while (_slots[slot] != Free) slot = After(slot);
        return slot;
    }

    private int HomeOf(Address provider) => (int)((uint)provider.GetHashCode() * Spread >> 32 - BitOperations.Log2((uint)_slots.Length));

    private int After(int slot) => slot + 1 & _slots.Length - 1;

    private void Grow()
    {
        var former = _slots;
        _slots = new int[2 * former.Length];
        foreach (var slot in former)
        {
            if (slot != Free) _slots[FirstFree(store.ProviderAt(slot - 1))] = slot;
        }
    }
}
