using System.Globalization;

namespace Orleans;

/// <summary>How long a caller of this method waits for its answer, as a <see cref="TimeSpan"/> text such as <c>00:00:10</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResponseTimeoutAttribute(string timeout) : Attribute
{
    public TimeSpan? Timeout { get; init; } = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture);
}
