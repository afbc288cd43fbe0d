using System.Text.Json;
using Grid.Chain.Crypto;

namespace Grid.Tests.Protocol.Vectors;

/// <summary>What <c>make-vectors.py</c>, a second implementation, computed.</summary>
internal static class GoldenVectors
{
    public static JsonElement Root { get; } = Load();

    public static PrivateKey Key(string name) => PrivateKey.FromBytes(Bytes(Root.GetProperty("keys").GetProperty(name)));

    public static byte[] Bytes(JsonElement hex) => Convert.FromHexString(hex.GetString().AsSpan(2));

    public static Hash256 Hash(JsonElement parent, string name) => Hash256.Parse(parent.GetProperty(name).GetString()!);

    private static JsonElement Load()
    {
        using var stream = typeof(GoldenVectors).Assembly.GetManifestResourceStream("golden-vectors.json")!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
