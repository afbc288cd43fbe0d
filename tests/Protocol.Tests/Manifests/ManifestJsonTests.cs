using System.Text;
using System.Text.Json;
using Grid.Protocol.Manifests;

namespace Grid.Tests.Protocol.Manifests;

public sealed class ManifestJsonTests
{
    [Theory]
    [MemberData(nameof(ManifestFiles.All), MemberType = typeof(ManifestFiles))]
    public void A_stored_manifest_reads_back_as_it_was(string file)
    {
        var manifest = ManifestFiles.Read(file);

        var stored = ManifestJson.Serialize(manifest);
        var restored = ManifestJson.Deserialize(stored);

        Assert.Equal(stored, ManifestJson.Serialize(restored));
        Assert.Equal(CanonicalManifest.Write(manifest, CanonicalManifestTests.SealedHashOf), CanonicalManifest.Write(restored, CanonicalManifestTests.SealedHashOf));
    }

    [Fact]
    public void Stored_json_from_before_a_list_existed_reads_back_with_an_empty_list()
    {
        var manifest = ManifestJson.Deserialize("""{"dialect":"Sdl","version":"2.0","services":[{"name":"a","image":"b"}],"placements":[{"name":"p"}]}"""u8);

        Assert.Empty(manifest.Endpoints);
        Assert.Empty(manifest.Services[0].Env);
        Assert.Empty(manifest.Placements[0].Groups);
        Assert.Equal(PullPolicy.Unspecified, manifest.Services[0].PullPolicy);
    }

    [Fact]
    public void A_price_below_one_micro_unit_an_hour_survives_storing()
    {
        var manifest = ManifestFiles.Ok(ManifestReader.Read(ManifestFiles.Small(price: "denom: uakt, amount: 0.000001")));

        Assert.Equal(manifest.Placements[0].Groups[0].Price, ManifestJson.Deserialize(ManifestJson.Serialize(manifest)).Placements[0].Groups[0].Price);
    }

    [Fact]
    public void A_stored_manifest_looks_like_this()
    {
        Assert.Equal(
            """
            {"dialect":"Sdl","version":"2.0","services":[{"name":"app","image":"example/app","command":[],"args":[],"env":[{"name":"A","value":""}],"expose":[],"storageMounts":[],
            "dependsOn":[],"readPermissions":[],"inputs":[],"outputs":[]}],"placements":[{"name":"here","attributes":[],"regions":[],"excludedRegions":[],"providers":[],
            "excludedProviders":[],"fizzNodes":[],"excludedFizzNodes":[],"trustTiers":[],"signedByAnyOf":[],"signedByAllOf":[],"weights":[],"compliance":[],
            "groups":[{"service":"app","count":1,"resources":{"cpuMillis":1000,"cpuModels":[],"cpuAttributes":[],"memoryBytes":1073741824,"memoryAttributes":[],
            "storage":[{"name":"default","sizeBytes":1073741824}]},"price":{"denom":"uakt","amount":"100","ratePerHour":59016,"isPerBlock":true}}]}],"endpoints":[]}
            """.ReplaceLineEndings(""),
            Encoding.UTF8.GetString(ManifestJson.Serialize(ManifestFiles.Ok(ManifestReader.Read(ManifestFiles.Small(service: "image: example/app\nenv: [A=secret]"))))));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("not json")]
    public void Anything_else_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => ManifestJson.Deserialize(Encoding.UTF8.GetBytes(json)));
}
