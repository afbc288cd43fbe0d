using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Manifests;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;

namespace Grid.Client;

/// <summary>What is about to be authorized.</summary>
/// <param name="Inputs">Uploaded already.</param>
public sealed record DeploymentDraft(Manifest Manifest, SealedSubmission Submission, ImmutableArray<SealedInput> Inputs, DeployOptions Options);

/// <summary>The last step of a deployment, the same over any transport: numbered, signed, submitted.</summary>
public static class Authorizing
{
    /// <summary>A refused sequence is certain to have had no effect, so signing a new one makes no second deployment.</summary>
    /// <exception cref="GridException">Refused, or the account is empty.</exception>
    public static async Task<Deployed> AuthorizeAsync(this IGridClient client, Wallet wallet, DeploymentDraft draft, TimeProvider time, CancellationToken cancellation = default)
    {
        var info = await client.GetOperatorAsync(cancellation);
        for (var attempt = 1; ; attempt++)
        {
            var account = await client.GetAccountAsync(wallet.Address, cancellation);
            var authorization = Authorize(draft, account, info, time).Sign(wallet.Key, info.Domain());
            var tenantKey = PublishedSealingKey.Publish(wallet.SealingKey.PublicKey, wallet.Key, In(Limits.TenantKeyValidity, time), info.Domain());
            try
            {
                var answer = await client.SubmitAsync(new DeployRequest(draft.Submission.Text, authorization, draft.Submission.Secrets, draft.Inputs, tenantKey), cancellation);
                return new Deployed(
                    answer.Deployment, answer.Orders, authorization.Value.MaxRatePerHour, authorization.Value.MaxTotal, authorization);
            }
            catch (GridException e) when (e.Code == ProblemCodes.SequenceTaken && attempt < Limits.MaxSequenceAttempts)
            {
                // Another program of the same wallet was faster.
            }
        }
    }

    private static Authorization Authorize(DeploymentDraft draft, AccountStatus account, OperatorInfo info, TimeProvider time)
    {
        var maxTotal = draft.Options.MaxTotal ?? SpendingPlan.MaxTotal(draft.Manifest, account.Available);
        if (maxTotal.MicroUnits <= 0) throw Empty(account);
        CheckCommitted(account, draft.Options.LastAuthorization?.Invoke(info.Operator));
        return new Authorization(
            info.Operator,
            account.Payer,
            account.Payer,
            Mandate: Hash256.Zero,
            account.LastSequence + 1,
            Deployment: Hash256.Zero,
            draft.Submission.Hash,
            SpendingPlan.MaxRate(draft.Manifest),
            maxTotal,
            account.CommittedMax + maxTotal,
            In(Limits.AuthorizationValidity, time),
            info.Beacon);
    }

    /// <summary>What is committed only falls between two authorizations; an operator that says more would have more signed than was
    /// spent.</summary>
    private static void CheckCommitted(AccountStatus account, Authorization? last)
    {
        var most = account.LastSequence == 0 ? Money.Zero : last?.Sequence == account.LastSequence ? last.CumulativeMax : (Money?)null;
        if (most is { } known && account.CommittedMax > known)
            throw new GridException(
                GridErrorKind.BadAnswer,
                $"The operator says that {account.CommittedMax} are committed; authorization {account.LastSequence} of this wallet allows {known}. Nothing was signed.");
    }

    private static GridException Empty(AccountStatus account) => new(
        GridErrorKind.Refused,
        $"{account.Payer} has {account.Available} available with this operator; a deployment needs some. Deposit first: grid wallet fund {account.Payer} AMOUNT")
    {
        Code = ProblemCodes.InsufficientFunds,
    };

    private static long In(TimeSpan validity, TimeProvider time) => (time.GetUtcNow() + validity).ToUnixTimeSeconds();
}
