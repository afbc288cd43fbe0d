using Orleans.Runtime;

namespace Grid.Runtime.Calls;

/// <summary>What emitted references call.</summary>
internal static class CallSender
{
    public static Task<T> Send<T>(GrainReference reference, Call<T> call, int methodIndex)
    {
        var target = reference.Target;
        call.Address(reference, target.Interface.Methods[methodIndex]);
        return target.Silo.Send(call);
    }

    public static IAsyncEnumerable<T> Open<T>(GrainReference reference, StreamSource<T> source, int methodIndex) =>
        new RemoteStream<T>(reference, source, reference.Target.Interface.Methods[methodIndex]);
}
