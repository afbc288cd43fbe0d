using System.Reflection;
using Grid.Runtime.Activations;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;

namespace Grid.Runtime.Persistence;

/// <summary>Makes the states that a grain's constructor asks for.</summary>
internal static class StoredStates
{
    /// <summary>The storage of states that name none.</summary>
    public const string DefaultStorageName = "Default";

    public static Func<Activation, object> FacetFor(Type parameterType, PersistentStateAttribute attribute)
    {
        if (!parameterType.IsGenericType || parameterType.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            throw new ArgumentException($"[PersistentState(\"{attribute.StateName}\")] stands on a {parameterType}: expected IPersistentState<T>");
        return typeof(StoredStates).GetMethod(nameof(New), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(parameterType.GetGenericArguments()[0])
            .CreateDelegate<Func<PersistentStateAttribute, Func<Activation, object>>>()(attribute);
    }

    private static Func<Activation, object> New<TState>(PersistentStateAttribute attribute) => activation =>
    {
        var state = new StoredState<TState>(attribute.StateName, activation, Storage(activation, attribute.StorageName ?? DefaultStorageName));
        activation.Add(state);
        return state;
    };

    private static IGrainStorage Storage(Activation activation, string name) =>
        activation.Silo.Services.GetKeyedService<IGrainStorage>(name)
        ?? throw new OrleansException($"grain storage '{name}' of {activation.GrainId}: no such storage in this silo; add it with AddGrainStorage");
}
