using Grid.Runtime.Storage;
using Grid.Tests.Runtime.Storage.Conformance;
using Orleans;
using Orleans.Runtime;

namespace Grid.Tests.Runtime.Storage;

/// <summary>Short ways for a test to say what it writes and reads.</summary>
internal static class StoredSamples
{
    public static GrainId Id(string key) => GrainId.Create("sample", key);

    public static SqliteGrainStorage Storage(this SqliteStore store) => new(store, new JsonGrainStorageSerializer(SampleJson.Default));

    public static async Task<GrainState<Sample>> WriteNew(this SqliteStore store, string key, long number, string text = "")
    {
        var state = new GrainState<Sample>(new Sample { Number = number, Text = text });
        await store.Storage().WriteStateAsync("sample", Id(key), state);
        return state;
    }

    public static async Task<GrainState<Sample>> Read(this SqliteStore store, string key)
    {
        var state = new GrainState<Sample>();
        await store.Storage().ReadStateAsync("sample", Id(key), state);
        return state;
    }
}
