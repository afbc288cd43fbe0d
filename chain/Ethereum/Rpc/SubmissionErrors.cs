namespace Grid.Chain.Ethereum.Rpc;

/// <summary>
/// What nodes say about a transaction they don't take. JSON-RPC has no codes for it, only each client's words (geth's, which anvil, reth and Erigon
/// share; Besu's; Nethermind's).
/// </summary>
internal static class SubmissionErrors
{
    private static readonly (string Words, SubmissionStatus Status)[] s_known =
    [
        ("already known", SubmissionStatus.AlreadyKnown),
        ("already imported", SubmissionStatus.AlreadyKnown),
        ("alreadyknown", SubmissionStatus.AlreadyKnown),
        ("known transaction", SubmissionStatus.AlreadyKnown),
        ("nonce too low", SubmissionStatus.NonceTooLow),
        ("oldnonce", SubmissionStatus.NonceTooLow),
        ("underpriced", SubmissionStatus.Underpriced),
        ("less than block base fee", SubmissionStatus.Underpriced),
        ("feetoolow", SubmissionStatus.Underpriced),
        ("insufficient funds", SubmissionStatus.InsufficientFunds),
        ("upfront cost exceeds account balance", SubmissionStatus.InsufficientFunds),
        ("insufficientfunds", SubmissionStatus.InsufficientFunds),
    ];

    public static Submission Read(string serversWords)
    {
        foreach (var (words, status) in s_known)
        {
            if (serversWords.Contains(words, StringComparison.OrdinalIgnoreCase)) return new Submission(status, serversWords);
        }

        return new Submission(SubmissionStatus.Refused, serversWords);
    }
}
