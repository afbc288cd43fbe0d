using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Grid.Protocol.Manifests;

namespace Grid.Tests.Protocol.Manifests;

public sealed class ManifestProperties
{
    private const int MostMilliseconds = 2_000;

    private static readonly string[] Texts = [.. ManifestFiles.Names.Select(ManifestFiles.Text)];

    private static readonly Gen<string> AnyFile = Gen.Elements(Texts);

    /// <summary>Pieces that YAML gives a meaning to, and pieces of manifests.</summary>
    private static readonly Gen<string> AnyYaml = Gen.Elements(
            "\n", "\n  ", "\n    ", " ", "- ", ": ", "? ", "[", "]", "{", "}", ", ", "&a ", "*a", "<<: ", "!t ", "|\n", ">-\n", "'", "\"", "#", "%", "---\n", "...\n", "\t", "\\x4", "~",
            "version", "'2.0'", "services", "image", "x", "profiles", "compute", "placement", "deployment", "expose", "port", "80", "env", "A=B", "count", "0.5", "1Gi", "\0", "é", "\ud800")
        .ListOf()
        .Select(string.Concat);

    [Fact]
    public void Random_bytes_never_throw() =>
        Check(Gen.Choose(0, 255).Select(value => (byte)value).ListOf().Select(bytes => bytes.ToArray()), bytes => IsConsistent(ManifestReader.Read(bytes)));

    [Fact]
    public void Random_yaml_never_throws() => Check(AnyYaml, text => IsConsistent(ManifestReader.Read(text)));

    [Fact]
    public void A_mutated_manifest_never_throws() =>
        Check(
            from text in AnyFile
            from at in Gen.Choose(0, text.Length - 1)
            from cut in Gen.Choose(0, Math.Min(12, text.Length - at))
            from insert in AnyYaml
            select text[..at] + insert + text[(at + cut)..],
            text => IsConsistent(ManifestReader.Read(text)));

    [Fact]
    public void A_manifest_with_one_value_replaced_is_read_or_refused_at_a_place() =>
        Check(
            from text in AnyFile
            let lines = text.Split('\n')
            from line in Gen.Choose(0, lines.Length - 1)
            from value in Gen.Elements("", "~", "-1", "99999999999999999999", "1e400", "[]", "{}", "[[a]]", "{a: {b: c}}", "'", "*x", "NaN", "true", new string('9', 5000))
            select string.Join('\n', lines.Select((content, index) => index == line && content.Contains(':', StringComparison.Ordinal) ? content[..(content.IndexOf(':', StringComparison.Ordinal) + 1)] + " " + value : content)),
            text => IsConsistent(ManifestReader.Read(text)));

    [Fact]
    public void The_hash_does_not_depend_on_the_order_of_keys_or_the_formatting() =>
        Check(
            Gen.Zip(AnyFile, Gen.Choose(0, int.MaxValue)),
            pair => ManifestHash.Of(ManifestFiles.Ok(ManifestReader.Read(pair.Item1)), CanonicalManifestTests.SealedHashOf)
                == ManifestHash.Of(ManifestFiles.Ok(ManifestReader.Read(YamlEmitter.Rewrite(pair.Item1, pair.Item2))), CanonicalManifestTests.SealedHashOf));

    [Fact]
    public void Deep_and_wide_documents_take_bounded_time() =>
        Check(
            from shape in Gen.Elements("[", "{a: ", "- ", "? ", "a:\n", "[a, ", "&a [", "{a: b, ")
            from count in Gen.Choose(1, ManifestLimits.FileBytes / 2)
            from separator in Gen.Elements("", "\n", " ")
            select Repeated(shape + separator, count),
            text =>
            {
                var start = Stopwatch.GetTimestamp();
                return IsConsistent(ManifestReader.Read(text)) && Stopwatch.GetElapsedTime(start).TotalMilliseconds < MostMilliseconds;
            });

    private static void Check<T>(Gen<T> inputs, Func<T, bool> holds) => Prop.ForAll(inputs.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static bool IsConsistent(ManifestReading reading) =>
        reading.IsOk == reading.Errors.IsEmpty
        && reading.Errors.All(error => error is { Severity: DiagnosticSeverity.Error, Message.Length: > 0, Line: >= 0, Column: >= 0 })
        && reading.Warnings.All(warning => warning.Severity == DiagnosticSeverity.Warning);

    private static string Repeated(string piece, int count) =>
        new StringBuilder().Insert(0, piece, Math.Min(count, ManifestLimits.FileBytes / piece.Length)).ToString();
}
