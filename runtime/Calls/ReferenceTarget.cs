using Orleans.Runtime;

namespace Grid.Runtime.Calls;

/// <summary>What a reference points at, through which interface, in which silo.</summary>
internal sealed record ReferenceTarget(Silo Silo, GrainInterface Interface, GrainId GrainId)
{
    public object As(Type interfaceType)
    {
        var other = GrainInterface.Of(interfaceType);
        return other.Reference(this with { Interface = other });
    }
}
