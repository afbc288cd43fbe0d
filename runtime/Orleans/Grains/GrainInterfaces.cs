using Orleans.Runtime;

namespace Orleans.Runtime
{
    /// <summary>Whatever can be called by reference.</summary>
    public interface IAddressable;
}

namespace Orleans
{
    /// <summary>A grain: one activation at a time per key, one turn at a time.</summary>
    public interface IGrain : IAddressable;

    /// <summary>A grain whose key is a text.</summary>
    public interface IGrainWithStringKey : IGrain;

    /// <summary>An object outside grains that grains can call, see <see cref="IGrainFactory.CreateObjectReference"/>.</summary>
    public interface IGrainObserver : IAddressable;
}
