using Grid.Runtime.Activations;
using Grid.Runtime.Calls;

namespace Orleans.Runtime;

/// <summary>What <see cref="IGrainFactory"/> hands out: two references to one grain through one interface are equal.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>
{
    private readonly ReferenceTarget _target;
    private volatile CallQueue? _lastCallee;

    /// <param name="target">A <see cref="ReferenceTarget"/>; typed loosely because that type is the runtime's own.</param>
    protected private GrainReference(ReferenceTarget target) => _target = target;

    public GrainId GrainId => _target.GrainId;

    internal ReferenceTarget Target => _target;

    /// <summary>Where the last call went, so that most calls need no look-up. It may have ended since.</summary>
    internal CallQueue? LastCallee
    {
        get => _lastCallee;
        set => _lastCallee = value;
    }

    public virtual TGrainInterface Cast<TGrainInterface>()
        where TGrainInterface : IAddressable => (TGrainInterface)As(typeof(TGrainInterface));

    public bool Equals(GrainReference? other) =>
        other is not null && GrainId == other.GrainId && _target.Interface == other._target.Interface;

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => $"{_target.Interface.Name} {GrainId}";

    public static bool operator ==(GrainReference? reference1, GrainReference? reference2) =>
        reference1 is null ? reference2 is null : reference1.Equals(reference2);

    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) => !(reference1 == reference2);

    internal object As(Type interfaceType) => interfaceType.IsInstanceOfType(this) ? this : _target.As(interfaceType);
}
