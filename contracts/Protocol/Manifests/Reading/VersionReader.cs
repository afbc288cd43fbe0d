namespace Grid.Protocol.Manifests.Reading;

internal static class VersionReader
{
    /// <summary>The dialect and the version in its usual spelling; null, with an error, for an unknown one.</summary>
    public static (ManifestDialect Dialect, string Version)? Read(Fields root)
    {
        if (root.RequiredText("version") is not { } text) return null;
        switch (text)
        {
            case "1" or "1.0":
                return (ManifestDialect.Icl, "1.0");
            case "2" or "2.0":
                return (ManifestDialect.Sdl, "2.0");
            case "2.1":
                return (ManifestDialect.Sdl, "2.1");
            default:
                root.Wrong("version", text, "1.0 (ICL), 2.0 or 2.1 (SDL)");
                return null;
        }
    }
}
