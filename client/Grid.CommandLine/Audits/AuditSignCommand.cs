using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.CommandLine.Home;
using Grid.CommandLine.Output;
using Grid.Protocol;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;

namespace Grid.CommandLine.Audits;

/// <summary><c>grid audit sign</c>: the wallet's key, an auditor's, signs what it has checked about a provider.</summary>
internal static class AuditSignCommand
{
    private const int MostDays = 3_650;

    private static readonly Argument<string> Provider = new("PROVIDER") { Description = "The provider's address." };

    private static readonly Option<string[]> Attribute = new("--attribute")
    {
        Description = "KEY=VALUE that must be listed: all of the provider's attributes are named, or none is signed.",
        HelpName = "KEY=VALUE",
    };

    private static readonly Option<string[]> Label = new("--label")
    {
        Description = "A compliance label that you vouch for; may be given several times.",
        HelpName = "LABEL",
    };

    private static readonly Option<int> Days = new("--days")
    {
        Description = $"How long it counts, 1 to {MostDays} days.",
        DefaultValueFactory = static _ => 90,
    };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "A file for the provider, who lists it with: grid provider offer --audit FILE",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var command = new Command(
            "sign",
            "Sign a provider's attributes or labels with the wallet's key. Example: grid audit sign 0x… --attribute host=lab --label gdpr --days 90 --out audit.json")
        {
            Provider, Attribute, Label, Days, Out,
        }.WithConnection();
        Provider.Validators.Add(static result =>
        {
            if (!ProviderId.TryParse(result.Tokens[0].Value, null, out _))
                result.AddError($"'{result.Tokens[0].Value}' is no provider; expected 0x and 40 hexadecimal digits.");
        });
        Attribute.Validators.Add(static result =>
        {
            foreach (var text in result.GetValueOrDefault<string[]>() ?? [])
                if (text.IndexOf('=') <= 0) result.AddError($"--attribute is '{text}', expected KEY=VALUE.");
        });
        Days.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostDays) result.AddError($"--days takes 1 to {MostDays}.");
        });
        command.Validators.Add(static result =>
        {
            if (result.GetResult(Attribute) is null && result.GetResult(Label) is null)
                result.AddError("Nothing is to be signed: name attributes with --attribute, or labels with --label.");
        });
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var open = await OpenClient.AnonymousAsync(asked, cancellation);
        using var auditor = await open.Context.OpenWalletAsync(cancellation);
        var provider = ProviderId.Parse(asked.GetRequiredValue(Provider), null);
        var expiry = TimeProvider.System.GetUtcNow().AddDays(asked.GetValue(Days)).ToUnixTimeSeconds();
        ImmutableArray<AttributeAudit> audits =
        [
            .. Subjects(asked).Select(subject => new Audit(provider, subject, expiry))
                .Select(audit => Signed(audit, auditor, open.Operator.Domain())),
        ];
        var text = JsonSerializer.Serialize(audits, AuditJson.Default.ImmutableArrayAttributeAudit);
        if (asked.GetValue(Out) is { } file) await File.WriteAllTextAsync(file, text, cancellation);
        output.Answer(audits, AuditJson.Default.ImmutableArrayAttributeAudit, _ => output.Line(asked.GetValue(Out) is { } named
            ? $"{auditor.Address} has signed {audits.Length} audits of {provider} until {Words.Time(
                expiry * 1000)}: give {named} to the provider"
            : text));
        return Guard.Ok;
    }

    private static IEnumerable<Grid.Chain.Crypto.Hash256> Subjects(ParseResult asked)
    {
        var attributes = (asked.GetValue(Attribute) ?? []).Select(AttributeText.Parse);
        if (asked.GetValue(Attribute) is { Length: > 0 })
            yield return AuditSubject.OfAttributes(new OfferChoices(Attributes: [.. attributes]).SortedAttributes);
        foreach (var label in (asked.GetValue(Label) ?? []).Distinct(StringComparer.Ordinal)) yield return AuditSubject.OfLabel(label);
    }

    private static AttributeAudit Signed(Audit audit, Client.Wallet auditor, Grid.Chain.Crypto.Eip712Domain domain) => new(
        auditor.Address, audit.Digest(domain), audit.ExpiryUnixSeconds, [.. audit.Sign(auditor.Key, domain).Signature.ToByteArray()]);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ImmutableArray<AttributeAudit>))]
internal sealed partial class AuditJson : JsonSerializerContext;
