using System.Text.Json;
using Grid.Node.Leases;
using Grid.Protocol.Offers;
using Microsoft.Extensions.Logging;

namespace Grid.Node.Hosting;

/// <summary>
/// What <c>grid provider price</c> and <c>grid provider offer</c> write: read at the start and whenever it changes, and listed at every
/// operator at once.
/// Choices that cannot be listed change nothing.
/// </summary>
internal sealed partial class OfferFile(string dataDirectory, ListedTerms listed, ILogger<OfferFile> log)
{
    public const string FileName = "offer.json";

    private (DateTime WrittenAt, long Bytes) _read;

    /// <summary>Why the file as it stands is not listed; null where it is.</summary>
    public string? Fault { get; private set; }

    private string File => Path.Combine(dataDirectory, FileName);

    /// <returns>Whether other terms are listed now.</returns>
    public bool Read()
    {
        var info = new FileInfo(File);
        var found = info.Exists ? (info.LastWriteTimeUtc, info.Length) : default;
        if (found == _read) return false;
        _read = found;
        var before = listed.Now;
        Take(info.Exists ? Choices() : new OfferChoices());
        return !ReferenceEquals(before, listed.Now);
    }

    private void Take(OfferChoices? choices)
    {
        if (choices is not null) Fault = choices.Fault(listed.Started);
        if (Fault is null && choices is not null) listed.Now = choices.Applied(listed.Started);
        if (Fault is not null) LogNotListed(FileName, Fault);
    }

    private OfferChoices? Choices()
    {
        try
        {
            using var stream = System.IO.File.OpenRead(File);
            if (stream.Length > OfferLimits.MaxChoicesBytes)
                throw new JsonException($"it has {stream.Length} bytes; at most {OfferLimits.MaxChoicesBytes} are read");
            return JsonSerializer.Deserialize(stream, OfferJson.Default.OfferChoices) ?? throw new JsonException("it is null");
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            Fault = $"{FileName} cannot be read: {failure.Message}";
            return null;
        }
    }

    [LoggerMessage(221, LogLevel.Warning, "{File} is not listed: {Fault}")]
    private partial void LogNotListed(string file, string fault);
}
