using System.Collections.Immutable;
using System.Text.Json;
using Grid.Client;
using Grid.Protocol.Offers;

namespace Grid.CommandLine.Audits;

/// <summary>What an auditor has given to a provider.</summary>
internal static class AuditFile
{
    /// <exception cref="GridException">The file is no list of audits.</exception>
    public static ImmutableArray<AttributeAudit> Read(FileInfo file)
    {
        try
        {
            using var stream = file.OpenRead();
            if (stream.Length > OfferLimits.MaxChoicesBytes)
                throw new JsonException($"it has {stream.Length} bytes; at most {OfferLimits.MaxChoicesBytes} are read");
            return JsonSerializer.Deserialize(stream, AuditJson.Default.ImmutableArrayAttributeAudit);
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new GridException(
                GridErrorKind.InvalidInput, $"--audit {file}: {failure.Message}; expected what grid audit sign has written.");
        }
    }
}
