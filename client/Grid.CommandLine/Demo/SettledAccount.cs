using Grid.Chain.Crypto;
using Grid.Client;
using Grid.Protocol.Api;

namespace Grid.CommandLine.Demo;

/// <summary>An account of which nothing is held any more.</summary>
internal static class SettledAccount
{
    /// <exception cref="GridException">Something is still held after <see cref="Limits.StartPatience"/>.</exception>
    public static async Task<AccountStatus> WaitAsync(GridClient client, Address payer, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limits.StartPatience);
        while (true)
        {
            var account = await client.GetAccountAsync(payer, cancellation);
            if (account.Held.MicroUnits == 0) return account;
            if (limit.IsCancellationRequested) throw new GridException(GridErrorKind.BadAnswer, $"{account.Held} are still held although everything is closed.");
            await Task.Delay(Limits.PollPause, cancellation);
        }
    }
}
