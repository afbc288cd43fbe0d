using Grid.Accounts;
using Grid.Chain.Crypto;
using Grid.Protocol.Api;

namespace Grid.Views;

/// <summary>An account in the words of the API.</summary>
public static class AccountStatuses
{
    public static AccountStatus Of(Address payer, AccountView view)
    {
        var charged = view.Paid + view.Burned;
        var committed = charged + view.AuthorizedOpen;
        return new AccountStatus(
            payer, view.Deposited, view.Held, charged, view.Available, view.NextSequence - 1, committed, committed, view.Earned,
            view.Reserved, view.IsLeaving ? new RunningExit(view.Deposited - charged, view.ExitReadyUnixSeconds) : null);
    }
}
