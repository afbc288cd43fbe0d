using System.CommandLine;
using System.Globalization;
using Grid.CommandLine.Audits;
using Grid.CommandLine.Output;
using Grid.Protocol.Offers;

namespace Grid.CommandLine.Providers.Offers;

/// <summary><c>grid provider offer</c>: what else than prices a running node lists.</summary>
internal static class ProviderOfferCommand
{
    private static readonly Option<string?> Zone = new("--zone") { Description = "Your own name for the place within the region." };
    private static readonly Option<int?> Bandwidth = new("--bandwidth-mbps") { Description = "Sustained bandwidth.", HelpName = "MBPS" };
    private static readonly Option<int?> RunAhead = new("--run-ahead-seconds")
    {
        Description = "The longest run-ahead that is accepted.",
        HelpName = "SECONDS",
    };
    private static readonly Option<bool?> HostImage = new("--host-image")
    {
        Description = "Whether tenants may use this machine's own programs.",
        HelpName = "true|false",
    };
    private static readonly Option<long?> CpuMillis = new("--cpu-millis")
    {
        Description = "Thousandths of a core to sell; at most what the node was started with.",
        HelpName = "N",
    };
    private static readonly Option<long?> MemoryMib = new("--memory-mib")
    {
        Description = "Memory to sell; at most what the node was started with.",
        HelpName = "N",
    };
    private static readonly Option<string[]> Attribute = new("--attribute")
    {
        Description = "KEY=VALUE; all that are given replace the former ones.",
        HelpName = "KEY=VALUE",
    };
    private static readonly Option<string[]> Share = new("--share")
    {
        Description = "MODEL=PART: GPUs of the model are leased in parts of at most that much, as rtx4090=0.5; 1 leases them only whole.",
        HelpName = "MODEL=PART",
    };

    private static readonly Option<string[]> Label = new("--label")
    {
        Description = "A compliance label; all that are given replace the former ones. It counts where an auditor has signed it.",
        HelpName = "LABEL",
    };

    private static readonly Option<FileInfo[]> Audit = new("--audit")
    {
        Description = "What grid audit sign has written; all that are given replace the former ones.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> AsStarted = new("--as-started")
    {
        Description = "First forget everything that was changed, prices too: as the node was started.",
    };

    public static Command Create()
    {
        var command = new Command(
            "offer",
            "Change or show what a node lists; the next match sees it. Examples: grid provider offer --data ./node --bandwidth-mbps 500 --share rtx4090=0.5 · grid provider offer --node node1")
        {
            Zone, Bandwidth, RunAhead, HostImage, CpuMillis, MemoryMib, Attribute, Label, Audit, Share, AsStarted, NodeFolder.Data,
                NodeFolder.Node,
                CommonOptions.Json,
        };
        Check(Attribute, static text => text.IndexOf('=') > 0, "KEY=VALUE");
        Check(Share, static text => TryShare(text, out _), "MODEL=PART with a part from 0.001 to 1, as rtx4090=0.5");
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        var folder = NodeFolder.Of(asked);
        var node = folder.ReadStatus();
        var before = asked.GetValue(AsStarted) ? new OfferChoices() : folder.ReadChoices();
        var after = Changed(before, asked);
        var answer = before == after && !asked.GetValue(AsStarted)
            ? new OfferAnswer(node.Provider, node.IsRunning(), node.Terms)
            : await folder.ChangeAsync(_ => after, cancellation);
        OfferView.Answer(answer, output, OfferView.ShowOffer);
        return Guard.Ok;
    }

    private static OfferChoices Changed(OfferChoices before, ParseResult asked)
    {
        var changed = before with
        {
            Zone = asked.GetValue(Zone) ?? before.Zone,
            BandwidthMbps = asked.GetValue(Bandwidth) ?? before.BandwidthMbps,
            MaxRunAheadSeconds = asked.GetValue(RunAhead) ?? before.MaxRunAheadSeconds,
            AllowsHostImage = asked.GetValue(HostImage) ?? before.AllowsHostImage,
            CpuMillis = asked.GetValue(CpuMillis) ?? before.CpuMillis,
            MemoryMib = asked.GetValue(MemoryMib) ?? before.MemoryMib,
        };
        if (asked.GetValue(Attribute) is { Length: > 0 } attributes)
            changed = changed with { Attributes = [.. attributes.Select(AttributeText.Parse)] };
        if (asked.GetValue(Label) is { Length: > 0 } labels) changed = changed with { ComplianceLabels = [.. labels] };
        if (asked.GetValue(Audit) is { Length: > 0 } files)
            changed = changed with { Audits = [.. files.SelectMany(static file => AuditFile.Read(file))] };
        foreach (var text in asked.GetValue(Share) ?? [])
            if (TryShare(text, out var share)) changed = changed.With(share);
        return changed;
    }

    private static bool TryShare(string text, out ShareChoice share)
    {
        share = new ShareChoice("", 0);
        var parts = text.Split('=');
        if (parts.Length != 2 || !decimal.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var part))
            return false;
        var millis = part * OfferedDevice.WholeMillis;
        if (millis is < 1 or > OfferedDevice.WholeMillis || millis != decimal.Truncate(millis)) return false;
        share = new ShareChoice(parts[0], (int)millis);
        return true;
    }

    private static void Check(Option<string[]> option, Func<string, bool> isGood, string expected) => option.Validators.Add(result =>
    {
        foreach (var text in result.GetValueOrDefault<string[]>() ?? [])
            if (!isGood(text)) result.AddError($"{option.Name} is '{text}', expected {expected}.");
    });
}
