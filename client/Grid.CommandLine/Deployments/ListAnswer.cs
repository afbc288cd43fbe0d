using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Api;

namespace Grid.CommandLine.Deployments;

/// <summary>The answer of <c>grid ls --json</c>.</summary>
/// <param name="Deployments">Of all operators that answer.</param>
internal sealed record ListAnswer(IReadOnlyList<DeploymentSummary> Deployments, IReadOnlyList<ListedOperator> Operators)
{
    public static ListAnswer Of(IReadOnlyList<OperatorAnswer<List<DeploymentSummary>>> answers) => new(
        [.. answers.SelectMany(static answer => answer.Answer ?? [])],
        [.. answers.Select(static answer => new ListedOperator(
            answer.Client.Url, answer.Away is not null, answer.Away?.Message, [.. (answer.Answer ?? []).Select(static deployment => deployment.Deployment)]))]);
}

/// <param name="Reason">Why it is away; null where it is not.</param>
/// <param name="Deployments">Which of them are with it.</param>
internal sealed record ListedOperator(Uri Url, bool IsAway, string? Reason, IReadOnlyList<DeploymentId> Deployments);
