namespace Grid.Protocol.Catalogue;

/// <param name="Number">1 (most trusted) to 7.</param>
/// <param name="Group">As manifests name it: <c>secured-1</c> to <c>community-4</c>.</param>
/// <param name="SlashBelowPercent">Uptime below which stake is slashed; null: none is.</param>
/// <param name="RewardMultiplierMilli">Thousandths.</param>
/// <param name="UpgradeAfterEras">Good eras until the next better tier; null: there is none.</param>
/// <param name="DowngradeAfterEras">Bad eras until the next worse tier; null: there is none.</param>
public sealed record TrustTierRow(
    int Number, string Name, string Group, int MinUptimePercent, int? SlashBelowPercent, int RewardMultiplierMilli, int? UpgradeAfterEras, int? DowngradeAfterEras);
