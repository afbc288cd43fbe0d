using Grid.Protocol;
using Grid.Protocol.Api;

namespace Grid.Client;

/// <summary>
/// Several operators, of which any will do for something new: the first that is there, in the order of preference. What one has accepted stays with it and is
/// looked for at all of them.
/// </summary>
public sealed class GridOperators : IDisposable
{
    private readonly GridClient[] _clients;

    /// <param name="clients">In the order of preference; disposed of with this.</param>
    public GridOperators(IReadOnlyList<GridClient> clients)
    {
        if (clients.Count is 0 or > Limits.MaxOperators)
            throw new GridException(GridErrorKind.InvalidInput, $"{clients.Count} operators are named; expected 1 to {Limits.MaxOperators}.");
        _clients = [.. clients];
    }

    public IReadOnlyList<GridClient> All => _clients;

    /// <summary>The first that answers and is who it is trusted to be.</summary>
    /// <exception cref="GridException">All are away, or one of them is somebody else.</exception>
    public async Task<GridClient> FirstAsync(CancellationToken cancellation = default) =>
        (await TryInTurnAsync(static (client, stop) => client.GetOperatorAsync(stop), cancellation)).Client;

    /// <summary>Deploys with the first that is there. Once one may have taken the deployment, no other is asked: there is one deployment at most.</summary>
    /// <returns>With whom, for everything that follows.</returns>
    /// <exception cref="GridException">
    /// Refused; all are away; or with <see cref="GridErrorKind.OutcomeUnknown"/> the one that the message names may have taken it.
    /// </exception>
    public Task<(GridClient Client, Deployed Answer)> DeployAsync(
        ManifestFile file, DeployOptions options, IProgress<DeployProgress>? progress = null, CancellationToken cancellation = default) =>
        TryInTurnAsync((client, stop) => client.DeployAsync(file, options, progress, stop), cancellation);

    /// <summary>Who has the deployment.</summary>
    /// <exception cref="GridException">None that is there has it; the message says who is away.</exception>
    public async Task<(GridClient Client, DeploymentStatus Answer)> FindAsync(DeploymentId deployment, CancellationToken cancellation = default)
    {
        var answers = await AskAllAsync((client, stop) => FindAsync(client, deployment, stop), cancellation);
        foreach (var (client, found, _) in answers)
            if (found?.Status is { } status)
                return (client, status);
        throw NotFound($"deployment {deployment}", answers);
    }

    /// <summary>Asks all of them at the same time.</summary>
    /// <returns>In their order; one that is away is among them.</returns>
    /// <exception cref="GridException">One of them refused, or is somebody else.</exception>
    public Task<OperatorAnswer<T>[]> AskAllAsync<T>(Func<GridClient, CancellationToken, Task<T>> ask, CancellationToken cancellation = default)
        where T : class => Task.WhenAll(_clients.Select(client => TryAsync(client, ask, cancellation)));

    /// <summary>Says that none has it, and of whom that is not known.</summary>
    public static GridException NotFound<T>(string what, IReadOnlyList<OperatorAnswer<T>> answers)
        where T : class
    {
        var away = answers.Where(static answer => answer.Away is not null).ToArray();
        if (away.Length == 0) return new GridException(GridErrorKind.NotFound, $"No operator has {what}.");
        var message = $"No operator that answers has {what}; {string.Join(", ", away.Select(static answer => answer.Client.Url))} did not answer.";
        return new GridException(GridErrorKind.Unreachable, message, away[0].Away);
    }

    public void Dispose()
    {
        foreach (var client in _clients) client.Dispose();
    }

    private async Task<(GridClient Client, T Answer)> TryInTurnAsync<T>(Func<GridClient, CancellationToken, Task<T>> ask, CancellationToken cancellation)
        where T : class
    {
        GridException? last = null;
        foreach (var client in _clients)
        {
            var (_, answer, away) = await TryAsync(client, ask, cancellation);
            if (answer is not null) return (client, answer);
            last = away;
        }

        if (_clients.Length == 1) throw last!;
        throw new GridException(GridErrorKind.Unreachable, $"None of {_clients.Length} operators answers. The last said: {last!.Message}", last);
    }

    private static async Task<OperatorAnswer<T>> TryAsync<T>(GridClient client, Func<GridClient, CancellationToken, Task<T>> ask, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return new OperatorAnswer<T>(client, await ask(client, cancellation), null);
        }
        catch (GridException e) when (e.Kind == GridErrorKind.Unreachable)
        {
            return new OperatorAnswer<T>(client, null, e);
        }
    }

    private static async Task<Found> FindAsync(GridClient client, DeploymentId deployment, CancellationToken cancellation)
    {
        try
        {
            return new Found(await client.GetDeploymentAsync(deployment, cancellation));
        }
        catch (GridException e) when (e.Kind == GridErrorKind.NotFound)
        {
            return new Found(null);
        }
    }

    private sealed record Found(DeploymentStatus? Status);
}
