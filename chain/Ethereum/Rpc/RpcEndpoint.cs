using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Grid.Chain.Ethereum.Rpc;

/// <summary>
/// One JSON-RPC server over HTTP. Answers are cut at <see cref="Limits.MaxRpcResponseBytes"/> and must come in time. Nothing is
/// tried twice here: callers sweep. The URL often holds an access key and stands in no error; the name does.
/// </summary>
public sealed class RpcEndpoint(string name, HttpClient http, Uri url, int timeoutMs, TimeProvider time)
{
    private static readonly MediaTypeHeaderValue s_json = new("application/json");

    private long _lastId;

    /// <summary>For people: says which server without saying its URL.</summary>
    public string Name { get; } = name;

    /// <exception cref="ChainException">No valid answer to this question.</exception>
    /// <exception cref="RpcErrorException">The server answered with an error.</exception>
    internal async Task<T?> AskAsync<T>(string method, JsonTypeInfo<T> type, JsonElement[] parameters, CancellationToken cancellationToken)
    {
        var request = Request(method, parameters);
        var response =
            await SendAsync(method, JsonSerializer.SerializeToUtf8Bytes(request, RpcJson.Default.RpcRequest), RpcJson.Default.RpcResponse, cancellationToken);
        return Result(method, request, response, type);
    }

    /// <summary>Several questions in one request; the answers come in the order of the questions, whatever the server's.</summary>
    internal async Task<IReadOnlyList<T?>> AskAllAsync<T>(string method, JsonTypeInfo<T> type, IReadOnlyList<JsonElement[]> calls, CancellationToken cancellationToken)
    {
        if (calls.Count > Limits.MaxRpcBatch) throw new ArgumentException($"A batch has at most {Limits.MaxRpcBatch} calls, not {calls.Count}.", nameof(calls));
        var requests = calls.Select(parameters => Request(method, parameters)).ToArray();
        var responses = await SendAsync(method, JsonSerializer.SerializeToUtf8Bytes(requests, RpcJson.Default.RpcRequestArray), RpcJson.Default.RpcResponseArray, cancellationToken);
        // The serializer lets null elements through.
        if (responses.Length != requests.Length || responses.Contains(null))
            throw Malformed(method, $"{responses.Length} answers to {requests.Length} questions");
        var byId = responses.OrderBy(response => response.Id).ToArray();
        return [.. requests.Select((request, i) => Result(method, request, byId[i], type))];
    }

    internal ChainException Malformed(string method, string what, Exception? cause = null) =>
        new(ChainFault.Malformed, $"{Name} answered {method} with {what}.", cause);

    private RpcRequest Request(string method, JsonElement[] parameters) => new("2.0", Interlocked.Increment(ref _lastId), method, parameters);

    private T? Result<T>(string method, RpcRequest request, RpcResponse response, JsonTypeInfo<T> type)
    {
        if (response.Error is { } error) throw new RpcErrorException(Name, method, error);
        if (response.Id != request.Id) throw Malformed(method, $"the id {response.Id} instead of {request.Id}");
        if (response.Result.ValueKind == JsonValueKind.Undefined) throw Malformed(method, "neither a result nor an error");
        try
        {
            return response.Result.ValueKind == JsonValueKind.Null ? default : response.Result.Deserialize(type);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw Malformed(method, $"what is no {type.Type.Name}: {Quoted.Of(e.Message)}", e);
        }
    }

    private async Task<T> SendAsync<T>(string method, byte[] body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMilliseconds(timeoutMs), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = s_json;
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (!response.IsSuccessStatusCode) throw HttpFailure(method, response.StatusCode);
            var answer = await BoundedBody.ReadAsync(response.Content, Limits.MaxRpcResponseBytes, either.Token)
                ?? throw Malformed(method, $"more than {Limits.MaxRpcResponseBytes} bytes");
            return JsonSerializer.Deserialize(answer, type) ?? throw Malformed(method, "null");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ChainException(ChainFault.Unreachable, $"{Name} did not answer {method} within {timeoutMs} ms.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new ChainException(
                ChainFault.Unreachable, $"{Name} cannot be reached for {method}: {(e as HttpRequestException)?.HttpRequestError.ToString() ?? "the connection broke"}.");
        }
        catch (JsonException e)
        {
            throw Malformed(method, "what is no JSON-RPC", e);
        }
    }

    private ChainException HttpFailure(string method, HttpStatusCode status) => new(
        status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError ? ChainFault.Unreachable : ChainFault.Refused,
        $"{Name} answered {method} with HTTP {(int)status}.");
}
