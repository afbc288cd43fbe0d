using System.Collections.Immutable;

namespace Grid;

/// <summary>
/// What a stored row that lacks a field means by it. The source-generated reader gives an absent field its type's default and never the property's
/// initializer, so that a state says here what that default stands for; a test reads every state from an empty row.
/// </summary>
internal static class Absent
{
    public static ImmutableArray<T> OrEmpty<T>(this ImmutableArray<T> given) => given.IsDefault ? [] : given;

    public static ImmutableSortedDictionary<TKey, TValue> OrEmpty<TKey, TValue>(this ImmutableSortedDictionary<TKey, TValue>? given)
        where TKey : notnull => given ?? ImmutableSortedDictionary<TKey, TValue>.Empty;
}
