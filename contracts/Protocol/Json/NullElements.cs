using System.Text.Json;

namespace Grid.Protocol.Json;

/// <summary>Finds null as an element of a list: the serializer checks fields against their nullability, but not what lists hold.</summary>
public static class NullElements
{
    /// <param name="maxDepth">At most 64.</param>
    /// <exception cref="JsonException">Not JSON, or nested deeper than <paramref name="maxDepth"/>.</exception>
    public static bool AnyIn(ReadOnlySpan<byte> utf8Json, int maxDepth)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxDepth, 64);
        var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = maxDepth });
        // One bit per open container: 1 for a list.
        ulong lists = 0;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray:
                    lists = (lists << 1) | 1;
                    break;
                case JsonTokenType.StartObject:
                    lists <<= 1;
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    lists >>= 1;
                    break;
                case JsonTokenType.Null when (lists & 1) == 1:
                    return true;
            }
        }
        return false;
    }
}
