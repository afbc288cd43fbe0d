using System.Text.Json;
using System.Text.Json.Serialization;

namespace Grid.Protocol.Json;

/// <summary>An enum as the camel-case name of its member; numbers are not accepted.</summary>
public sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
