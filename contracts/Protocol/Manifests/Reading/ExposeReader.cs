using System.Globalization;
using Grid.Protocol.Manifests.Yaml;

namespace Grid.Protocol.Manifests.Reading;

/// <summary><c>services.NAME.expose[]</c>.</summary>
internal static class ExposeReader
{
    private const int LastPort = 65_535;

    public static ManifestExpose? Read(YamlNode node, string path, ManifestDialect dialect, Findings findings)
    {
        if (Fields.Of(node, path, findings) is not { } fields) return null;
        var (port, seenAs) = ReadPorts(fields, dialect);
        var expose = new ManifestExpose
        {
            Port = port.First,
            As = seenAs.First,
            PortCount = port.Count,
            Protocol = fields.Choice("proto", ("tcp", PortProtocol.Tcp), ("udp", PortProtocol.Udp), ("http", PortProtocol.Http)) ?? default,
            Accept = fields.Texts("accept"),
            To = [.. fields.Items("to").Select(item => ReadTarget(item.Node, item.Path, findings)).OfType<ExposeTarget>()],
            HttpOptions = fields.Map("http_options") is { } options ? ReadHttpOptions(options) : null,
            UsesPublicPort = dialect == ManifestDialect.Icl && fields.Flag("use_public_port"),
        };
        fields.WarnUnknown("an exposed port");
        return port.Count == 0 ? null : expose;
    }

    private static (PortRange Port, PortRange As) ReadPorts(Fields fields, ManifestDialect dialect)
    {
        if (dialect == ManifestDialect.Icl && fields.Has("port_range")) return ReadRanges(fields);
        var port = fields.Whole("port", 1, LastPort);
        var seenAs = fields.Whole("as", 1, LastPort);
        if (port is null && !fields.Has("port")) fields.Findings.Error(fields.At, fields.PathOf("port"), "`port` is missing");
        return port is { } number ? (new(number, 1), new(seenAs ?? number, 1)) : default;
    }

    private static (PortRange Port, PortRange As) ReadRanges(Fields fields)
    {
        if (fields.Has("port")) fields.Findings.Error(fields.At, fields.Path, "`port` and `port_range` exclude each other; remove one");
        var ports = ReadRange(fields, "port_range");
        var seenAs = fields.Has("port_range_as") ? ReadRange(fields, "port_range_as") : ports;
        if (ports.Count == seenAs.Count) return (ports, seenAs);
        fields.Findings.Error(fields.Position("port_range_as"), fields.PathOf("port_range_as"), $"{seenAs.Count} ports for a range of {ports.Count}; expected as many");
        return default;
    }

    private static PortRange ReadRange(Fields fields, string key)
    {
        var text = fields.Text(key) ?? "";
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash > 0 && TryPort(text.AsSpan(0, dash), out var first) && TryPort(text.AsSpan(dash + 1), out var last)
            && last >= first && last - first < ManifestLimits.PortRange) return new(first, last - first + 1);
        fields.Wrong(key, text, $"a range such as 8443-8445 of at most {ManifestLimits.PortRange} ports");
        return default;
    }

    private static bool TryPort(ReadOnlySpan<char> text, out int port) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= LastPort;

    private static ExposeTarget? ReadTarget(YamlNode node, string path, Findings findings)
    {
        if (Fields.Of(node, path, findings) is not { } fields) return null;
        var target = new ExposeTarget(fields.Flag("global"), fields.Text("service"), fields.Text("ip"));
        fields.WarnUnknown("a target");
        return target;
    }

    private static HttpOptions ReadHttpOptions(Fields fields)
    {
        var options = new HttpOptions
        {
            MaxBodySizeBytes = fields.WholeLong("max_body_size", 0, ManifestLimits.StorageBytes),
            ReadTimeoutMs = fields.Whole("read_timeout", 0, int.MaxValue),
            SendTimeoutMs = fields.Whole("send_timeout", 0, int.MaxValue),
            NextTries = fields.Whole("next_tries", 0, ManifestLimits.Retries),
            NextTimeoutMs = fields.Whole("next_timeout", 0, int.MaxValue),
            NextCases = fields.Texts("next_cases"),
        };
        fields.WarnUnknown("`http_options`");
        return options;
    }

    private readonly record struct PortRange(int First, int Count);
}
