using System.Net.Http.Json;
using System.Text.Json;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.SignIn;
using Grid.Protocol.Signing;

namespace Grid.Tests.Silo.World;

/// <summary>A tenant who speaks HTTP by hand, to say what the client library never would.</summary>
internal sealed class RawTenant(SiloWorld world, PrivateKey key)
{
    public Address Address => key.Address;

    public async Task<string> SignInAsync()
    {
        var (message, _) = await MessageAsync();
        var answer = await SignInAsync(message, key.Sign(Eip191.Hash(message)));
        return (await answer.Content.ReadFromJsonAsync(GridJsonContext.Default.SignInToken))!.Token;
    }

    public async Task<(string Message, SignInChallenge Challenge)> MessageAsync()
    {
        var challenge = (await (await world.Http.PostAsync(ApiRoutes.SignInChallenge, null)).Content.ReadFromJsonAsync(GridJsonContext.Default.SignInChallenge))!;
        var message = new SignInMessage(challenge.Domain, key.Address, null, challenge.Uri, challenge.ChainId, challenge.Nonce, DateTimeOffset.FromUnixTimeMilliseconds(challenge.IssuedAtUnixMs));
        return (message.ToText(), challenge);
    }

    public Task<HttpResponseMessage> SignInAsync(string message, Signature signature) =>
        PostAsync(ApiRoutes.SignIn, JsonSerializer.Serialize(new SignInRequest(message, signature), GridJsonContext.Default.SignInRequest));

    public Signature Sign(string message) => key.Sign(Eip191.Hash(message));

    /// <summary>A sound submission of a manifest without secrets or inputs.</summary>
    public async Task<DeployRequest> RequestAsync(string yaml, Func<Authorization, Authorization>? change = null)
    {
        var info = (await world.Http.GetFromJsonAsync(ApiRoutes.Operator, GridJsonContext.Default.OperatorInfo))!;
        var manifest = SealedSubmission.Seal(world.Manifest(yaml).Manifest, key.Address, info.SealingKey.PublicKey);
        var hour = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
        var authorization = new Authorization(
            info.Operator, key.Address, key.Address, Hash256.Zero, 1, Hash256.Zero, manifest.Hash, new RatePerHour(10_000_000), Money.FromTokens(10), Money.FromTokens(10), hour, Hash256.Zero);
        var signed = (change?.Invoke(authorization) ?? authorization).Sign(key, info.Domain());
        return new DeployRequest(manifest.Text, signed, manifest.Secrets, []);
    }

    public static string Json(DeployRequest request) => JsonSerializer.Serialize(request, GridJsonContext.Default.DeployRequest);

    public async Task<HttpResponseMessage> PostAsync(string route, string json, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        request.Headers.ExpectContinue = true;
        return await world.Http.SendAsync(request);
    }

    public async Task<HttpResponseMessage> GetAsync(string route, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, route);
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        return await world.Http.SendAsync(request);
    }
}
