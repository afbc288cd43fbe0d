using System.Collections.Immutable;
using System.Security.Cryptography;
using Grid.Chain.Crypto;
using Grid.Protocol;

namespace Grid.Client;

/// <summary>A local file that a service gets as an input.</summary>
public sealed record InputFile(string Path, NamedInput Input)
{
    /// <exception cref="GridException">A file is missing or larger than <see cref="Limits.MaxInputBytes"/>.</exception>
    public static async Task<ImmutableArray<InputFile>> FindAllAsync(ManifestFile file, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<InputFile>();
        foreach (var service in file.Manifest.Services)
            foreach (var input in service.Inputs)
                found.Add(await HashAsync(service.Name, input.Name, file.InputPath(input), cancellation));
        return found.ToImmutable();
    }

    private static async Task<InputFile> HashAsync(string service, string name, string path, CancellationToken cancellation)
    {
        try
        {
            await using var stream = File.OpenRead(path);
            if (stream.Length > Limits.MaxInputBytes) throw TooLong(service, name, path, stream.Length);
            var hash = await SHA256.HashDataAsync(stream, cancellation);
            return new InputFile(path, new NamedInput(service, name, new Hash256(hash), stream.Length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GridException(GridErrorKind.InvalidInput, $"The input '{name}' of service '{service}' is expected next to the manifest, at '{path}': {e.Message}", e);
        }
    }

    private static GridException TooLong(string service, string name, string path, long bytes) =>
        new(GridErrorKind.InvalidInput, $"The input '{name}' of service '{service}' ('{path}') has {bytes} bytes; at most {Limits.MaxInputBytes} are taken.");
}
