using Grid.Runtime.Activations;
using Grid.Runtime.Calls;
using Orleans;
using Orleans.Runtime;

namespace Grid.Runtime;

/// <summary>Makes references to the grains and observers of one silo.</summary>
internal sealed class GrainFactory(Silo silo, GrainClasses classes) : IClusterClient
{
    public IServiceProvider ServiceProvider => silo.Services;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey => (TGrainInterface)GetGrain(typeof(TGrainInterface), primaryKey);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable => (TGrainInterface)(object)Reference(GrainInterface.Of(typeof(TGrainInterface)), grainId);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(grainPrimaryKey);
        var id = GrainId.Create(classes.ForInterface(grainInterfaceType).GrainType, grainPrimaryKey);
        return (IGrain)Reference(GrainInterface.Of(grainInterfaceType), id);
    }

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is GrainReference or Grain)
            throw new ArgumentException($"{obj.GetType()} is a grain or a reference: expected an object outside grains", nameof(obj));
        return (TGrainObserverInterface)(object)Reference(GrainInterface.Of(typeof(TGrainObserverInterface)), silo.Observers.Add(obj));
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver => silo.Observers.Remove(obj.GetGrainId());

    public GrainReference Reference(GrainInterface grainInterface, GrainId grainId) =>
        grainInterface.Reference(new ReferenceTarget(silo, grainInterface, grainId));
}
