using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grid.Accounts;
using Grid.Leases;
using Grid.Matching;
using Grid.Protocol;
using Orleans.Runtime;

namespace Grid.Tests.Grains.Stored;

/// <summary>
/// What lies in the stores of running grids. <c>Samples/NAME.N.json</c>: the highest N is what this version writes; the lower ones were written by earlier
/// versions and are read for ever.
/// </summary>
public sealed class StatesAsJson
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Stored", "Samples");

    private static readonly Type[] StoredTypes =
    [
        .. typeof(LeaseGrain).Assembly.GetTypes()
            .SelectMany(type => type.GetConstructors())
            .SelectMany(constructor => constructor.GetParameters())
            .Where(parameter => parameter.IsDefined(typeof(PersistentStateAttribute)))
            .Select(parameter => parameter.ParameterType.GetGenericArguments()[0])
            .Distinct(),
    ];

    public static TheoryData<string> Names => [.. StoredTypes.Select(type => type.Name).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_state_that_a_grain_stores_has_a_sample() =>
        Assert.Equal(StoredTypes.Select(type => type.Name).Order(StringComparer.Ordinal), SampleStates.All.Select(state => state.GetType().Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_sets_every_field(string name)
    {
        var (sample, empty) = (Node(SampleOf(name)), Node(EmptyOf(name)));

        var stored = SampleOf(name).GetType().GetProperties().Where(property => property.SetMethod is not null);
        Assert.All(stored.Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)), field =>
        {
            Assert.True(sample[field] is not null, $"{field} is missing");
            Assert.False(JsonNode.DeepEquals(sample[field], empty[field]), $"{field} has its default");
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_newest_sample_is_what_this_version_writes(string name)
    {
        var newest = Directory.EnumerateFiles(Folder, $"{name}.*.json").OrderBy(path => int.Parse(Path.GetFileName(path).Split('.')[1], null)).Last();

        Assert.Equal(File.ReadAllText(newest).TrimEnd('\n'), Encode(SampleOf(name)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_sample_is_read_and_written_again_without_loss(string file)
    {
        var text = File.ReadAllText(Path.Combine(Folder, file)).TrimEnd('\n');

        var written = Encode(Decode(TypeOf(file.Split('.')[0]), text));

        foreach (var (field, value) in JsonNode.Parse(text)!.AsObject().Where(field => !WasPacked(field.Value, JsonNode.Parse(written)![field.Key])))
            Assert.True(JsonNode.DeepEquals(value, JsonNode.Parse(written)![field]), $"{field} changed");
    }

    [Fact]
    public void What_an_account_stored_as_objects_is_read_as_it_was()
    {
        var before = (AccountState)Decode(typeof(AccountState), File.ReadAllText(Path.Combine(Folder, "AccountState.3.json")));
        var now = (AccountState)SampleOf(nameof(AccountState));

        Assert.Equal(now.Holds, before.Holds);
        Assert.Equal(now.Authorizations, before.Authorizations);
        Assert.Equal(now.Held, before.Held);
        Assert.Equal(now.AuthorizedOpen, before.AuthorizedOpen);
    }

    [Fact]
    public void What_a_matchmaker_stored_as_a_list_is_read_as_it_was()
    {
        var before = (MatchmakerState)Decode(typeof(MatchmakerState), File.ReadAllText(Path.Combine(Folder, "MatchmakerState.1.json")));

        Assert.Equal(((MatchmakerState)SampleOf(nameof(MatchmakerState))).Open, before.Open);
    }

    [Fact]
    public void An_authorization_that_is_not_its_deployments_first_keeps_its_own_hash()
    {
        var live = new LiveAuthorization(Some.Digest("second", 1), new Money(5), new Money(2));
        var first = new LiveAuthorization(Some.Deployment(2).Value, new Money(7), Money.Zero, HasEnded: true);
        var state = new AccountState
        {
            Authorizations = ImmutableSortedDictionary<DeploymentId, LiveAuthorization>.Empty.Add(Some.Deployment(1), live).Add(Some.Deployment(2), first),
        };

        var read = (AccountState)Decode(typeof(AccountState), Encode(state));

        Assert.Equal(state.Authorizations, read.Authorizations);
        Assert.Equal(new Money(10), read.AuthorizedOpen);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_row_without_a_single_field_is_an_empty_state(string name) => Assert.Equal(Encode(EmptyOf(name)), Encode(Decode(TypeOf(name), "{}")));

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_later_version_has_added_is_skipped(string name)
    {
        var later = Encode(SampleOf(name)).Insert(1, "\"fieldOfALaterVersion\":{\"a\":[1,2]},");

        Assert.Equal(Encode(SampleOf(name)), Encode(Decode(TypeOf(name), later)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_state_is_an_immutable_record_with_an_empty_constructor(string name)
    {
        var type = TypeOf(name);

        Assert.NotNull(type.GetConstructor([]));
        Assert.DoesNotContain(type.GetProperties(), property => property.SetMethod is { } set && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)));
    }

    /// <summary>Entries that were objects and are base64 since: tests of their own compare what is read.</summary>
    private static bool WasPacked(JsonNode? before, JsonNode? now) => before is JsonObject or JsonArray && now?.GetValueKind() == JsonValueKind.String;

    private static Type TypeOf(string name) => StoredTypes.Single(type => type.Name == name);

    private static object SampleOf(string name) => SampleStates.All.Single(state => state.GetType().Name == name);

    private static object EmptyOf(string name) => TypeOf(name).GetConstructor([])!.Invoke([]);

    private static string Encode(object state) => Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(state, state.GetType(), GrainStateJson.Default));

    private static object Decode(Type type, string text) => JsonSerializer.Deserialize(text, type, GrainStateJson.Default)!;

    private static JsonObject Node(object state) => JsonNode.Parse(Encode(state))!.AsObject();
}
