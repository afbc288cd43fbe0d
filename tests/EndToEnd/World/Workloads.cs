using Grid.Client;

namespace Grid.Tests.EndToEnd.World;

/// <summary>Small workloads that tell whether they were ever stopped.</summary>
internal static class Workloads
{
    /// <summary>Prints a token of its own start, then counts: a restart would show another token, a loss a gap.</summary>
    private const string Counter = """
        use strict; use warnings;
        $| = 1;
        srand;
        my ($last, $exit) = @ARGV;
        my $token = int(rand(1e9));
        for (my $i = 0; $last < 0 || $i < $last; $i++) {
            print "$token $i\n";
            select(undef, undef, undef, 0.1);
        }
        exit $exit;
        """;

    /// <param name="kind"><c>service</c> or <c>batch</c>.</param>
    /// <param name="last">How far it counts, ten a second; negative for ever.</param>
    public static ManifestFile Count(TemporaryFolder folder, string kind, int last = -1, int exitCode = 0, string cpu = "0.1")
    {
        folder.Write("count.pl", Counter);
        return ManifestFile.Read(folder.Write("deploy.yaml", $$$"""
            version: "1.0"
            services:
              counter:
                image: host
                command: ["perl", "count.pl"]
                args: ["{{{last}}}", "{{{exitCode}}}"]
            profiles:
              name: counter
              mode: provider
              compute:
                small: {resources: {cpu: {units: {{{cpu}}}}, memory: {size: 64Mi}, storage: [{size: 16Mi}]}}
              placement:
                anywhere:
                  pricing:
                    small: {token: GRID, amount: 1}
            deployment:
              counter:
                anywhere: {profile: small, count: 1}
            x-grid:
              services:
                counter:
                  kind: {{{kind}}}
                  inputs: [{name: count.pl, path: count.pl}]
            """));
    }
}
