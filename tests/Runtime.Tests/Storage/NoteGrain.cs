using Grid.Tests.Runtime.Storage.Conformance;
using Orleans;
using Orleans.Runtime;

namespace Grid.Tests.Runtime.Storage;

public interface INoteGrain : IGrainWithStringKey
{
    Task Write(string text);

    Task<string> Read();
}

/// <summary>A grain with one state, written at every call. As every grain must, it ends when a write fails: what is stored is not known then.</summary>
public sealed class NoteGrain([PersistentState("note")] IPersistentState<Sample> note) : Grain, INoteGrain
{
    public async Task Write(string text)
    {
        note.State = note.State with { Text = text };
        try
        {
            await note.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }

    public Task<string> Read() => Task.FromResult(note.State.Text);
}
