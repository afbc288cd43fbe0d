using System.Collections.Immutable;
using System.Security.Cryptography;
using Grid.Chain.Crypto;
using Grid.Protocol.Api;
using Grid.Protocol.Sealing;

namespace Grid.Client;

/// <summary>Inputs, sealed once into a folder of their own, so that a repeated upload sends the very same bytes.</summary>
internal sealed class SealedInputs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("grid-inputs-").FullName;

    public ImmutableArray<SealedInput> Inputs { get; private set; } = [];

    public static async Task<SealedInputs> SealAsync(ImmutableArray<InputFile> files, Address payer, SealingPublicKey recipient, CancellationToken cancellation)
    {
        var inputs = new SealedInputs();
        try
        {
            var sealedInputs = ImmutableArray.CreateBuilder<SealedInput>(files.Length);
            foreach (var file in files) sealedInputs.Add(await inputs.SealAsync(file, payer, recipient, cancellation));
            inputs.Inputs = sealedInputs.MoveToImmutable();
            return inputs;
        }
        catch
        {
            inputs.Dispose();
            throw;
        }
    }

    public string PathOf(SealedInput input) => Path.Combine(_folder, input.SealedSha256.ToString());

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<SealedInput> SealAsync(InputFile file, Address payer, SealingPublicKey recipient, CancellationToken cancellation)
    {
        var temporary = Path.Combine(_folder, "sealing");
        var context = SealingContext.TenantInput(payer, file.Input.Service, file.Input.Name);
        await using (var source = File.OpenRead(file.Path))
        await using (var destination = File.Create(temporary))
            await SealedStream.SealAsync(recipient, source, destination, context, cancellation);

        Hash256 hash;
        long bytes;
        await using (var written = File.OpenRead(temporary))
        {
            hash = new Hash256(await SHA256.HashDataAsync(written, cancellation));
            bytes = written.Length;
        }
        var input = new SealedInput(file.Input, hash, bytes);
        File.Move(temporary, PathOf(input));
        return input;
    }
}
