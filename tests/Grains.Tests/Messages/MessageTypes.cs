using System.Collections.Immutable;
using System.Reflection;
using Grid.Chain.Crypto;
using Grid.Leases;
using Grid.Protocol;
using Orleans.Runtime;

namespace Grid.Tests.Grains.Messages;

/// <summary>Every type that a call to a grain can carry, found from the grain interfaces alone.</summary>
internal static class MessageTypes
{
    private static readonly Assembly Contracts = typeof(ILeaseGrain).Assembly;

    private static readonly Assembly[] SentAsJson = [typeof(Money).Assembly, typeof(Hash256).Assembly];

    private static readonly Type[] Plain =
        [typeof(string), typeof(decimal), typeof(Guid), typeof(DateTimeOffset), typeof(TimeSpan), typeof(CancellationToken), typeof(Task), typeof(ValueTask), typeof(void)];

    private static readonly Type[] Collections =
    [
        typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableSortedDictionary<,>), typeof(ImmutableSortedSet<>), typeof(IReadOnlyList<>),
        typeof(IAsyncEnumerable<>), typeof(Task<>), typeof(ValueTask<>), typeof(Nullable<>),
    ];

    public static IReadOnlyList<Type> Interfaces { get; } = [.. Contracts.GetTypes().Where(type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type)).OrderBy(type => type.FullName, StringComparer.Ordinal)];

    /// <summary>The messages of contracts/Grains.</summary>
    public static IReadOnlyList<Type> Messages { get; }

    /// <summary>The types of the protocol that stand directly in a call or a message.</summary>
    public static IReadOnlyList<Type> OfProtocol { get; }

    /// <summary>What no host knows how to send.</summary>
    public static IReadOnlyList<Type> Unsendable { get; }

    static MessageTypes()
    {
        var open = new Queue<Type>(Interfaces.SelectMany(type => type.GetMethods()).SelectMany(TypesOf));
        var (seen, messages, ofProtocol, unsendable) = (new HashSet<Type>(), new List<Type>(), new List<Type>(), new List<Type>());
        while (open.TryDequeue(out var type))
        {
            if (!seen.Add(type) || type.IsPrimitive || Plain.Contains(type) || typeof(IAddressable).IsAssignableFrom(type)) continue;
            if (type.IsGenericType && Collections.Contains(type.GetGenericTypeDefinition())) Enqueue(open, type.GetGenericArguments());
            else if (SentAsJson.Contains(type.Assembly)) ofProtocol.Add(type);
            else if (type.Assembly != Contracts) unsendable.Add(type);
            else if (!type.IsEnum)
            {
                messages.Add(type);
                Enqueue(open, Settable(type).Select(property => property.PropertyType));
            }
        }

        (Messages, OfProtocol, Unsendable) = (Sorted(messages), Sorted(ofProtocol), unsendable);
    }

    public static IEnumerable<PropertyInfo> Settable(Type message) =>
        message.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null);

    private static IEnumerable<Type> TypesOf(MethodInfo method) => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType);

    private static void Enqueue(Queue<Type> queue, IEnumerable<Type> types)
    {
        foreach (var type in types) queue.Enqueue(type);
    }

    private static Type[] Sorted(List<Type> types) => [.. types.OrderBy(type => type.ToString(), StringComparer.Ordinal)];
}
