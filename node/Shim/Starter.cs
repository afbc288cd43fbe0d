using System.Threading.Channels;
using Grid.Node.Execution.Posix;

namespace Grid.Node.Shim;

/// <summary>
/// The one thread that starts processes. A sandbox dies with the *thread* that started it (prctl(2), PR_SET_PDEATHSIG), so that thread must live as long as the
/// supervisor: no thread of a pool does.
/// </summary>
internal sealed class Starter
{
    private readonly Channel<(SpawnRequest Request, TaskCompletionSource<int> Answer)> _waiting =
        Channel.CreateBounded<(SpawnRequest Request, TaskCompletionSource<int> Answer)>(Limits.MaxWaitingStarts);

    public Starter() => new Thread(Run) { IsBackground = true, Name = "starter" }.Start();

    /// <summary>Blocks the calling thread, which must not be this one, until the process exists.</summary>
    public int Start(SpawnRequest request)
    {
        var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_waiting.Writer.TryWrite((request, answer))) throw new IOException($"{Limits.MaxWaitingStarts} starts are waiting already; try again");
        return answer.Task.GetAwaiter().GetResult();
    }

    private void Run()
    {
        foreach (var (request, answer) in _waiting.Reader.ReadAllAsync().ToBlockingEnumerable())
        {
            try
            {
                answer.SetResult(Spawn.Start(request));
            }
            catch (IOException e)
            {
                answer.SetException(e);
            }
        }
    }
}
