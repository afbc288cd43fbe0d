using Grid.Protocol.Matching;

namespace Grid.Protocol.Api;

/// <summary><c>GET /v1/orders/{id}/explain</c>.</summary>
/// <param name="Record">The match record's own bytes, base64 in JSON: whoever doubts the explanation recomputes it from them.</param>
public sealed record ExplainResponse(MatchExplanation Explanation, byte[] Record);
