using Grid.Chain.Crypto;
using Grid.Protocol.Api;
using Grid.Silo.Blobs;
using Grid.Silo.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace Grid.Silo.Api;

/// <summary>Sealed inputs, each at the SHA-256 of its ciphertext: uploaded once, asked for by HEAD.</summary>
internal sealed class InputEndpoints(InputBlobs blobs, Drain drain)
{
    private const int RetryAfterMs = 5_000;

    public void MapTo(IEndpointRouteBuilder routes)
    {
        routes.Add(HttpMethods.Put, ApiRoutes.Inputs, Put).AddEndpointFilter(Caller.Required);
        routes.Add(HttpMethods.Head, ApiRoutes.Inputs, Head).AddEndpointFilter(Caller.Required);
    }

    private Task<IResult> Head(HttpContext http)
    {
        if (!Route.TryId<Hash256>(http, "id", out var hash, out var problem)) return Task.FromResult(problem!);
        return Task.FromResult(blobs.Has(hash) ? Results.NoContent() : Problems.NotFound($"input {hash}"));
    }

    private async Task<IResult> Put(HttpContext http)
    {
        if (drain.HasStarted) return Problems.Unavailable("The operator is shutting down.", RetryAfterMs);
        if (!Route.TryId<Hash256>(http, "id", out var hash, out var problem)) return problem!;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = Blobs.Limits.MaxInputBytes + 1;
        return await blobs.StoreAsync(hash, http.Request.Body, http.RequestAborted) switch
        {
            UploadResult.Stored => Results.NoContent(),
            UploadResult.HashDiffers => Problems.Invalid(ProblemCodes.Malformed, "id", "is not the SHA-256 of the bytes that came: name them by the hash of the sealed stream."),
            UploadResult.TooLarge => Problems.TooLarge($"A sealed input has at most {Blobs.Limits.MaxInputBytes} bytes."),
            UploadResult.Busy => Problems.Unavailable($"{Blobs.Limits.UploadsAtOnce} inputs are uploaded already.", RetryAfterMs),
            _ => Problems.Of(StatusCodes.Status507InsufficientStorage, ProblemCodes.Unavailable, "The operator has no room for inputs now.", RetryAfterMs),
        };
    }
}
