using System.CommandLine;
using Grid.Client;

namespace Grid.CommandLine.Home;

/// <summary>The operators that a command may turn to, in the order of preference. None has been asked anything yet.</summary>
internal sealed class OpenOperators : IDisposable
{
    private OpenOperators(GridOperators all, Context context, Client.Wallet? wallet) => (All, Context, Wallet) = (all, context, wallet);

    public GridOperators All { get; }

    public Context Context { get; }

    public Client.Wallet? Wallet { get; }

    public static async Task<OpenOperators> WithWalletAsync(ParseResult asked, CancellationToken cancellation)
    {
        var context = Context.Of(asked);
        _ = context.Operators;
        return Open(context, await context.OpenWalletAsync(cancellation));
    }

    /// <summary>For what anybody may ask.</summary>
    public static OpenOperators Anonymous(ParseResult asked) => Open(Context.Of(asked), null);

    public void Dispose()
    {
        All.Dispose();
        Wallet?.Dispose();
    }

    private static OpenOperators Open(Context context, Client.Wallet? wallet)
    {
        var names = context.Operators;
        var attempts = names.Count > 1 ? Client.Limits.AttemptsAmongOthers : Client.Limits.MaxAttempts;
        var trust = new KnownOperators(context.Home.KnownOperatorsFile);
        var clients = names.Select(name => new GridClient(
            name.Url, wallet, name.Identity is { } identity ? new PinnedOperator(identity) : trust, attempts: attempts));
        return new OpenOperators(new GridOperators([.. clients]), context, wallet);
    }
}
