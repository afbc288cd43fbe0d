using System.Runtime.CompilerServices;
using Grid.Protocol;
using Grid.Protocol.Api;

namespace Grid.Client;

public sealed partial class GridClient
{
    /// <summary>The deployment now and after each look, until the caller has seen enough or it is closed.</summary>
    public async IAsyncEnumerable<DeploymentStatus> WatchAsync(DeploymentId deployment, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (true)
        {
            var status = await GetDeploymentAsync(deployment, cancellation);
            yield return status;
            if (status.Phase is DeploymentPhase.Closed) yield break;
            await Task.Delay(Limits.WatchPause, _time, cancellation);
        }
    }
}
