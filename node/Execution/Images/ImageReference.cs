using System.Text.RegularExpressions;

namespace Grid.Node.Execution.Images;

/// <summary>What a manifest may call an image. Registries refuse the rest; a leading dash would be an option to the tool that fetches it.</summary>
public static partial class ImageReference
{
    public const string Host = "host";

    public static bool IsValid(string image) => image == Host || Pattern().IsMatch(image);

    [GeneratedRegex(@"^[A-Za-z0-9/][A-Za-z0-9._:/@-]{0,254}$", RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
