using System.Text.Json;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.CommandLine.Home;
using Grid.Protocol.Settlement;

namespace Grid.CommandLine.OnChain;

/// <summary>
/// What a payer keeps of his account with one operator, in a file of this machine: <c>chain/account-OPERATOR-PAYER.json</c>. Several
/// commands may keep at the same time.
/// </summary>
internal sealed class KeptAccounts(GridHome home, Address @operator, Address payer)
{
    private const string Prefix = "account-";

    private readonly string _path = Path.Combine(home.ChainFolder, $"{Prefix}{@operator}-{payer}.json");

    /// <returns>The operators that something is kept of.</returns>
    public static IReadOnlyList<Address> OperatorsOf(GridHome home, Address payer)
    {
        if (!Directory.Exists(home.ChainFolder)) return [];
        var names = Directory.EnumerateFiles(home.ChainFolder, $"{Prefix}*-{payer}.json").Select(
            static path => Path.GetFileName(path)[Prefix.Length..].Split('-')[0]);
        return [.. names.Where(static name => Address.TryParse(name, out _)).Select(static name => Address.Parse(name)).Order()];
    }

    public KeptAccount Read()
    {
        if (!File.Exists(_path)) return KeptAccount.Empty;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(_path), OnChainJson.Default.KeptAccount) ?? KeptAccount.Empty;
        }
        catch (JsonException e)
        {
            throw new GridException(
                GridErrorKind.InvalidInput, $"'{_path}' is damaged: {e.Message} Move it away; the operator shows the newest again.", e);
        }
    }

    /// <returns>As it is kept now.</returns>
    public async Task<KeptAccount> KeepAsync(Func<KeptAccount, KeptAccount> change, CancellationToken cancellation)
    {
        Directory.CreateDirectory(home.ChainFolder);
        await using var gate = await LockAsync(cancellation);
        var before = Read();
        var after = change(before);
        if (after == before) return before;
        var beside = _path + ".new";
        await File.WriteAllBytesAsync(beside, JsonSerializer.SerializeToUtf8Bytes(after, OnChainJson.Default.KeptAccount), cancellation);
        File.Move(beside, _path, overwrite: true);
        return after;
    }

    /// <summary>
    /// As the operator shows it now; kept. Where it does not answer, or with nonsense, as it was kept last: no operator keeps a payer from
    /// what he knows.
    /// </summary>
    public async Task<KeptAccount> ShownAsync(GridClient? client, CancellationToken cancellation)
    {
        if (client is null) return Read();
        try
        {
            var domain = (await client.GetOperatorAsync(cancellation)).Domain();
            var shown = await client.GetPayerSettlementAsync(payer, cancellation);
            var mine = new[] { shown.FinalAuthorization, shown.OpenAuthorization }.Where(
                authorization => authorization?.IsSignedBy(payer, domain) ?? false);
            return await KeepAsync(
                kept => mine.Aggregate(kept.With(shown), static (all, authorization) => all.With(authorization!)), cancellation);
        }
        catch (GridException e) when (IsTheOperators(e))
        {
            return Read();
        }
    }

    /// <summary>Whether what failed is the operator's, and not something on this machine.</summary>
    public static bool IsTheOperators(GridException failure) => failure.Kind is not GridErrorKind.InvalidInput;

    /// <summary>The place under the root with that commitment, to take money out by it.</summary>
    /// <exception cref="GridException">There is such a root and no place under it is known.</exception>
    public static PayerProof PlaceUnder(KeptAccount kept, Hash256 commitment, uint number)
    {
        if (commitment.IsZero) return PayerProof.None;
        var found = kept.Under(commitment)?.Proof;
        // An account that is newer than a root owes nothing under it, and needs only the root itself.
        if (found is not null && (number > found.Root.Accounts || found.IsAt(number - 1))) return found;
        if (found is not null)
            throw new GridException(
                GridErrorKind.BadAnswer, "The operator's proof of this account proves nothing: challenge its root with grid wallet watch.");
        throw new GridException(
            GridErrorKind.NotFound,
            $"No proof of this account under the escrow's root {commitment} is known here. Ask the operator again, or have its next root challenged: grid wallet watch");
    }

    private async Task<FileStream> LockAsync(CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(_path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < Limits.LockAttempts)
            {
                await Task.Delay(CommandLine.Limits.PollPause, cancellation);
            }
        }
    }
}
