using System.Security.Cryptography;
using System.Text;
using Grid.Chain.Crypto;
using Grid.Protocol.Manifests;
using Grid.Protocol.Sealing;

namespace Grid.Tests.Protocol.Manifests;

public sealed class CanonicalManifestTests
{
    [Fact]
    public void The_canonical_form_is_this_and_its_hash_never_changes()
    {
        var manifest = ManifestFiles.Read("sdl-registry.yaml");
        manifest = manifest with { Services = [manifest.Services[0]], Placements = [manifest.Placements[0] with { Groups = [manifest.Placements[0].Groups[0]] }] };

        Assert.Equal(
            """
            {"canonical":1,"dialect":"sdl","version":"2.1","services":[{"name":"private","image":"registry.example.com/team/app:3",
            "env":[{"name":"API_KEY","sealed":"0x1100000000000000000000000000000000000000000000000000000000000000"},
            {"name":"EMPTY","sealed":"0x1100000000000000000000000000000000000000000000000000000000000000"},
            {"name":"BARE","sealed":"0x1100000000000000000000000000000000000000000000000000000000000000"},
            {"name":"EQUALS","sealed":"0x1100000000000000000000000000000000000000000000000000000000000000"}],
            "credentials":{"host":"registry.example.com","username":"robot","sealed":"0x2200000000000000000000000000000000000000000000000000000000000000",
            "email":"robot@example.com"},"dependsOn":["db","cache"],"readPermissions":["deployment","logs"]}],
            "placements":[{"name":"akash","groups":[{"service":"private","count":1,"resources":{"cpuMillis":250,"memoryBytes":268435456,
            "storage":[{"name":"default","sizeBytes":268435456}]},"price":{"denom":"uakt","amount":"100","perBlock":true}}]}]}
            """.ReplaceLineEndings(""),
            Encoding.UTF8.GetString(CanonicalManifest.Write(manifest, SealedHashOf)));
        Assert.Equal(Hash256.Parse("0x87538b131eeef4d54da41b729b171d5c391c5bc16f6bbaef001708a9a7d1c310"), ManifestHash.Of(manifest, SealedHashOf));
    }

    [Theory]
    [MemberData(nameof(ManifestFiles.All), MemberType = typeof(ManifestFiles))]
    public void The_hash_is_that_of_the_canonical_bytes_and_needs_no_secret_values(string file)
    {
        var manifest = ManifestFiles.Read(file);

        var hash = ManifestHash.Of(manifest, SealedHashOf);

        Assert.Equal(new Hash256(SHA256.HashData(CanonicalManifest.Write(manifest, SealedHashOf))), hash);
        Assert.Equal(hash, ManifestHash.Of(manifest.WithoutSecrets(), SealedHashOf));
        Assert.Equal(manifest.Secrets, manifest.WithoutSecrets().Secrets);
    }

    [Fact]
    public void Every_secret_is_asked_for_once_and_its_sealed_hash_changes_the_manifest_hash()
    {
        var manifest = ManifestFiles.Read("sdl-registry.yaml");
        var asked = new List<SecretRef>();

        ManifestHash.Of(manifest, secret =>
        {
            asked.Add(secret);
            return Hash256.Zero;
        });

        SecretRef[] expected =
        [
            new("private", SecretKind.Env, "API_KEY"),
            new("private", SecretKind.Env, "EMPTY"),
            new("private", SecretKind.Env, "BARE"),
            new("private", SecretKind.Env, "EQUALS"),
            new("private", SecretKind.RegistryCredential, "password"),
        ];
        Assert.Equal(expected, manifest.Secrets);
        Assert.Equal(expected, asked);
        foreach (var secret in expected)
        {
            Assert.NotEqual(ManifestHash.Of(manifest, SealedHashOf), ManifestHash.Of(manifest, other => other == secret ? Hash256.Zero : SealedHashOf(other)));
        }
    }

    [Fact]
    public void Canonical_bytes_and_stored_bytes_and_texts_contain_no_secret()
    {
        var manifest = ManifestFiles.Read("sdl-registry.yaml");

        string[] texts =
        [
            Encoding.UTF8.GetString(CanonicalManifest.Write(manifest, SealedHashOf)),
            Encoding.UTF8.GetString(ManifestJson.Serialize(manifest)),
            manifest.ToString(),
            manifest.Services[0].ToString(),
            manifest.Services[0].Env[0].ToString(),
            manifest.Services[0].Credentials!.ToString(),
        ];

        Assert.DoesNotContain(texts, text => text.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public void Secrets_can_be_taken_out_and_put_back()
    {
        var manifest = ManifestFiles.Read("sdl-registry.yaml");
        var values = manifest.Secrets.ToDictionary(secret => secret, secret => manifest.FindSecret(secret)!);

        var restored = ManifestJson.Deserialize(ManifestJson.Serialize(manifest)).WithSecrets(secret => values[secret]);

        Assert.Equal("canary-env-value", restored.Services[0].Env[0].Value);
        Assert.Equal(manifest.Services[0].Env, restored.Services[0].Env);
        Assert.Equal(manifest.Services[0].Credentials, restored.Services[0].Credentials);
    }

    [Fact]
    public void A_sealed_manifest_holds_hashes_for_secrets_and_gives_the_hash_that_its_tenant_signed()
    {
        var manifest = ManifestFiles.Read("sdl-registry.yaml");

        var text = SealedManifest.Write(manifest, SealedHashOf);

        Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
        Assert.Equal(ManifestHash.Of(manifest, SealedHashOf), SealedManifest.HashOf(SealedManifest.Read(text)));
        Assert.Null(SealedManifest.HashOf(manifest));
    }

    public static TheoryData<string, string> Changes() => new()
    {
        { "units: 0.1", "units: 0.2" },
        { "size: 512Mi", "size: 513Mi" },
        { "count: 1", "count: 2" },
        { "amount: 10000", "amount: 10001" },
        { "denom: uakt", "denom: uact" },
        { "host: akash", "host: other" },
        { "image: adminer", "image: adminer:2" },
        { "as: 80", "as: 81" },
        { "global: true", "global: false" },
        { "version: \"2.0\"", "version: \"2.1\"" },
        { "db.example.com", "eb.example.com" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_of_meaning_changes_the_hash(string from, string to)
    {
        var text = ManifestFiles.Text("sdl-plain.yaml");

        var changed = ManifestFiles.Ok(ManifestReader.Read(text.Replace(from, to, StringComparison.Ordinal)));

        Assert.NotEqual(ManifestHash.Of(ManifestFiles.Read("sdl-plain.yaml"), SealedHashOf), ManifestHash.Of(changed, SealedHashOf));
    }

    [Fact]
    public void The_same_manifest_written_otherwise_has_the_same_hash()
    {
        const string Otherwise = """
            # the same as sdl-plain.yaml
            version: 2.0
            deployment: {web: {akash: {count: "1", profile: 'web'}}}
            profiles:
                placement:
                    akash:
                        pricing: {web: {amount: 10000.0, denom: uakt}}
                        signedBy: {anyOf: [akash1365yvmc4s7awdyj3n2sav7xfx76adc6dnmlx63]}
                        attributes: {host: "akash"}
                compute: {web: {cpu: 100m, memory: {size: 0.5Gi}, storage: [{size: 512mi}]}}
            services:
                web: {expose: [{as: 80, accept: [db.example.com, www.example.com], port: 8080, proto: TCP, to: [{global: yes}]}], image: "adminer"}
            """;

        Assert.Equal(ManifestHash.Of(ManifestFiles.Read("sdl-plain.yaml"), SealedHashOf), ManifestHash.Of(ManifestFiles.Ok(ManifestReader.Read(Otherwise)), SealedHashOf));
    }

    internal static Hash256 SealedHashOf(SecretRef secret)
    {
        var bytes = new byte[Hash256.SizeBytes];
        bytes[0] = secret.Kind == SecretKind.Env ? (byte)0x11 : (byte)0x22;
        return new Hash256(bytes);
    }
}
