using Grid.Protocol.Manifests;

namespace Grid.Tests.Protocol.Manifests;

public sealed class DiagnosticsTests
{
    public static TheoryData<string, string, string> WrongManifests() => new()
    {
        { ManifestFiles.Small(version: "'3.0'"), "version", "`3.0`; expected 1.0 (ICL), 2.0 or 2.1 (SDL)" },
        { ManifestFiles.Small(service: "command: [x]"), "services.app.image", "`image` is missing" },
        { ManifestFiles.Small(service: "image: a b"), "services.app.image", "expected an image" },
        { ManifestFiles.Small(service: "image: x\npull_policy: Sometimes"), "services.app.pull_policy", "`Sometimes`; expected Always, IfNotPresent, Never" },
        { ManifestFiles.Small(service: "image: x\nexpose: [{port: 70000}]"), "services.app.expose[0].port", "`70000`; expected a whole number from 1 to 65535" },
        { ManifestFiles.Small(service: "image: x\nexpose: [{as: 80}]"), "services.app.expose[0].port", "`port` is missing" },
        { ManifestFiles.Small(service: "image: x\nexpose: [{port: 1, to: [{ip: home}]}]"), "services.app.expose[0].to[0].ip", "bound to an endpoint `home` that does not exist" },
        { ManifestFiles.Small(service: "image: x\nexpose: 80"), "services.app.expose", "expected a list, found text" },
        { ManifestFiles.Small(service: "image: x\nenv: [{KEY: value}]"), "services.app.env[0]", "write `- KEY=VALUE`" },
        { ManifestFiles.Small(service: "image: x\ncommand: echo 'open"), "services.app.command", "quotes" },
        { ManifestFiles.Small(service: "image: x\nparams: {storage: {data: {mount: data}}}"), "services.app.params.storage.data.mount", "absolute path" },
        { ManifestFiles.Small(service: "image: x\nparams: {storage: {data: {mount: /data}}}"), "services.app.params.storage.data", "no volume `data`" },
        { ManifestFiles.Small(resources: "cpu: {units: -1}, memory: {size: 1Gi}, storage: {size: 1Gi}"), "profiles.compute.small.resources.cpu.units", "`-1`; expected CPUs" },
        { ManifestFiles.Small(resources: "cpu: {}, memory: {size: 1Gi}, storage: {size: 1Gi}"), "profiles.compute.small.resources.cpu.units", "`units` is missing" },
        { ManifestFiles.Small(resources: "cpu: 1, memory: {size: 1Zi}, storage: {size: 1Gi}"), "profiles.compute.small.resources.memory.size", "`1Zi`; expected a size" },
        { ManifestFiles.Small(resources: "cpu: 1, memory: 1Gi, storage: {size: 99Ei}"), "profiles.compute.small.resources.storage.size", "at most" },
        { ManifestFiles.Small(resources: "cpu: 1, memory: 1Gi"), "profiles.compute.small.resources.storage", "`storage` is missing" },
        { ManifestFiles.Small(resources: "cpu: 1, memory: 1Gi, storage: [{size: 1Gi}, {size: 1Gi}]"), "profiles.compute.small.resources.storage[1]", "two volumes are called `default`" },
        { ManifestFiles.Small(resources: "cpu: 1, memory: 1Gi, storage: {size: 1Gi, attributes: {persistent: true, class: ram}}"), "profiles.compute.small.resources.storage.attributes.persistent", "can't be persistent" },
        { ManifestFiles.Small(resources: "cpu: 1, memory: 1Gi, storage: 1Gi, gpu: {units: 1.5}"),
            "profiles.compute.small.resources.gpu.units", "`1.5`; expected a whole number" },
        { ManifestFiles.Small(resources: "cpu: 1, memory: 1Gi, storage: 1Gi, gpu: {units: 0.0005}"),
            "profiles.compute.small.resources.gpu.units", "or a part of one GPU" },
        { ManifestFiles.Small(resources: "cpu: 1, memory: 1Gi, storage: 1Gi, gpu: {units: 1, attributes: {vendor: {intel: }}}"), "profiles.compute.small.resources.gpu.attributes.vendor.intel", "expected nvidia or amd" },
        { ManifestFiles.Small(resources: "cpu: 1, memory: 1Gi, storage: 1Gi, gpu: {units: 1, attributes: {req_vram: '>=101'}}"), "profiles.compute.small.resources.gpu.attributes.req_vram", "percent" },
        { ManifestFiles.Small(group: "profile: smal, count: 1"), "deployment.app.here.profile", "there is no compute profile `smal`: did you mean `small`?" },
        { ManifestFiles.Small(group: "profile: small, count: 1001"), "deployment.app.here.count", "`1001`; expected a whole number from 1 to 1000" },
        { ManifestFiles.Small(group: "profile: small, count: 99999999999999999999"), "deployment.app.here.count", "expected a whole number" },
        { ManifestFiles.Small(price: "denom: uakt, token: x, amount: 1"), "profiles.placement.here.pricing.small", "either `token`" },
        { ManifestFiles.Small(price: "denom: uakt, amount: 0"), "profiles.placement.here.pricing.small.amount", "above 0" },
        { ManifestFiles.Small(price: "token: USDC, amount: 0.0000001"), "profiles.placement.here.pricing.small.amount", "at most six decimals" },
        { ManifestFiles.Small(price: "token: USDC, amount: 1e9"), "profiles.placement.here.pricing.small.amount", "`1e9`; expected a number" },
        { ManifestFiles.Small(more: "x-grid: {services: {ap: {kind: batch}}}"), "x-grid.services.ap", "there is no service `ap`" },
        { ManifestFiles.Small(more: "x-grid: {placements: {here: {gang: {replicas: 2}, array: {tasks: 2}}}}"), "x-grid.placements.here", "not both" },
        { ManifestFiles.Small(more: "x-grid: {placements: {here: {weights: {price: 1001}}}}"), "x-grid.placements.here.weights.price", "`1001`; expected 0 to 1000 thousandths" },
        { ManifestFiles.Small(more: "x-grid: {placements: {here: {weights: {stake: 0.01}}}}"), "x-grid.placements.here.weights.stake", "`0.01`; expected 20 to 500 thousandths" },
        { ManifestFiles.Small(more: "x-grid: {placements: {here: {isolation: strong}}}"), "x-grid.placements.here.isolation", "`strong`; expected none, namespaces" },
        { ManifestFiles.Small(version: "'1.0'", price: "token: USDC, amount: 1", placement: $"attributes: {{region: '{string.Concat(Enumerable.Repeat("a;", 600))}'}}"), "profiles.placement.here.attributes.region", "a list of 600" },
        { ManifestFiles.Small(more: "x-grid: {services: {app: {outputs: [{name: ../x, path: /x}]}}}"), "x-grid.services.app.outputs[0].name", "without directories" },
        { ManifestFiles.Small(version: "'1.0'", profiles: "tier: platinum"), "profiles.tier", "`platinum`; expected secured" },
        { ManifestFiles.Small(version: "'1.0'", profiles: "duration: fortnight"), "profiles.duration", "expected a duration" },
        { ManifestFiles.Small(version: "'1.0'", placement: "attributes: {desired_provider: bob}"), "profiles.placement.here.attributes.desired_provider", "a provider's address" },
        { ManifestFiles.Small(version: "'1.0'", profiles: "mode: fizz", service: "image: x\nexpose: [{port: 8080, as: 443}]"), "services.app.expose[0]", "can't expose ports 80 and 443" },
        { ManifestFiles.Small(version: "'1.0'", profiles: "mode: fizz", resources: "cpu: 33, memory: 1Gi, storage: 1Gi"), "profiles.placement.here", "at most 32 CPUs" },
        { ManifestFiles.Small(version: "'1.0'", profiles: "mode: fizz", resources: "cpu: 1, memory: 1Gi, storage: 1Gi, gpu: 1", group: "profile: small, count: 2"), "profiles.placement.here", "at most one GPU" },
        { ManifestFiles.Small(version: "'1.0'", service: "image: x\nexpose: [{port_range: 1-3}]"), "services.app.expose[0]", "only in `mode: fizz`" },
        { ManifestFiles.Small().Replace("deployment:", "deploymint:", StringComparison.Ordinal), "deployment", "`deployment` is missing" },
        { ManifestFiles.Small().Replace("small: { denom", "large: { denom", StringComparison.Ordinal), "profiles.placement.here.pricing", "no price for the profile `small`" },
        { ManifestFiles.Small().Replace("app: { here", "web: { here", StringComparison.Ordinal), "deployment.web", "there is no service `web`" },
        { ManifestFiles.Small().Replace("app: { here", "app: { there", StringComparison.Ordinal), "deployment.app.there", "there is no placement `there`" },
    };

    [Theory]
    [MemberData(nameof(WrongManifests))]
    public void An_error_names_the_key_and_what_was_expected(string manifest, string key, string message)
    {
        var reading = ManifestReader.Read(manifest);

        Assert.Null(reading.Manifest);
        Assert.Contains(reading.Errors, error => error.Key == key && error.Message.Contains(message, StringComparison.Ordinal) && error is { Line: > 0, Column: > 0 });
    }

    [Fact]
    public void An_error_stands_at_the_line_and_column_of_the_wrong_value()
    {
        var reading = ManifestReader.Read(ManifestFiles.Text("sdl-plain.yaml").Replace("as: 80", "as: eighty", StringComparison.Ordinal));

        var error = Assert.Single(reading.Errors);
        Assert.Equal((9, 13, "services.web.expose[0].as"), (error.Line, error.Column, error.Key));
        Assert.Equal("9:13 services.web.expose[0].as: `eighty`; expected a whole number from 1 to 65535", error.ToString());
    }

    [Fact]
    public void One_reading_finds_all_errors_in_the_order_of_the_file()
    {
        var text = ManifestFiles.Text("sdl-plain.yaml")
            .Replace("port: 8080", "port: none", StringComparison.Ordinal)
            .Replace("units: 0.1", "units: some", StringComparison.Ordinal)
            .Replace("count: 1", "count: 0", StringComparison.Ordinal);

        Assert.Equal(
            ["services.web.expose[0].port", "profiles.compute.web.resources.cpu.units", "deployment.web.akash.count"],
            ManifestReader.Read(text).Errors.Select(error => error.Key));
    }

    [Fact]
    public void Unknown_keys_are_warnings_with_a_suggestion_where_one_is_near()
    {
        var reading = ManifestReader.Read(ManifestFiles.Text("sdl-unknown-keys.yaml"));

        Assert.True(reading.IsOk);
        var unknown = reading.UnknownKeys.ToDictionary(warning => warning.Key, warning => warning.Message);
        Assert.Contains("did you mean `expose`?", unknown["services.postgres.expos"], StringComparison.Ordinal);
        Assert.Contains("did you mean `depends_on`?", unknown["services.postgres.depends-on"], StringComparison.Ordinal);
        Assert.Contains("did you mean `service`?", unknown["services.postgres.expose[0].to[1].servcie"], StringComparison.Ordinal);
        Assert.Contains("did you mean `x-grid`?", unknown["x-gird"], StringComparison.Ordinal);
        Assert.Contains("is ignored; a service has image,", unknown["services.postgres.volumes"], StringComparison.Ordinal);
        Assert.Contains("services.postgres.restart", unknown.Keys);
        Assert.Contains("services.postgres.links", unknown.Keys);
        Assert.Contains("profiles.placement.akash.placement", unknown.Keys);
    }

    [Fact]
    public void An_exposure_to_a_service_that_does_not_exist_is_a_warning_but_no_unknown_key()
    {
        var reading = ManifestReader.Read(ManifestFiles.Text("sdl-unknown-keys.yaml"));

        var warning = Assert.Single(reading.Warnings, warning => !warning.IsUnknownKey);
        Assert.Equal((15, 22, "services.postgres.expose[0].to[0].service"), (warning.Line, warning.Column, warning.Key));
        Assert.Contains("`web,` that does not exist: did you mean `web`?", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_set_twice_is_a_warning_and_the_last_value_counts()
    {
        var reading = ManifestReader.Read(ManifestFiles.Small(service: "image: x\nenv: [A=1, B=2, A=3]"));

        Assert.Equal([new("A", "3"), new ManifestEnv("B", "2")], reading.Manifest!.Services[0].Env);
        Assert.Contains("`A` is set twice", Assert.Single(reading.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_region_outside_the_catalogue_is_a_warning_with_a_suggestion()
    {
        var reading = ManifestReader.Read(ManifestFiles.Small(version: "'1.0'", price: "token: USDC, amount: 1", placement: "attributes: {region: us-wset}"));

        Assert.True(reading.IsOk);
        Assert.Contains("did you mean `us-west`?", Assert.Single(reading.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_message_contains_a_secret()
    {
        var text = ManifestFiles.Text("sdl-registry.yaml")
            .Replace("- BARE", "- {TOKEN: canary-nested-value}\n      - =canary-nameless-value\n      - API_KEY=canary-second-value", StringComparison.Ordinal)
            .Replace("password: canary-registry-password", "password: [canary-registry-password]", StringComparison.Ordinal);

        var reading = ManifestReader.Read(text);

        Assert.NotEmpty(reading.Errors);
        Assert.DoesNotContain(reading.Errors.Concat(reading.Warnings), finding => finding.ToString().Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public void A_check_prints_ok_and_each_finding_with_its_place()
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(ManifestFiles.Small(service: "imag: x")));

        var check = ManifestCheck.Of("deploy.yaml", stream);

        Assert.False(check.IsOk);
        Assert.Equal("deploy.yaml: failed", check.Lines().First());
        Assert.Contains("deploy.yaml:4:5: error: services.app.image: `image` is missing", check.Lines());
        Assert.Contains("deploy.yaml:4:5: warning: services.app.imag: unknown key `imag`: did you mean `image`?", check.Lines());
    }
}
