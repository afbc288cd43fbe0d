using Grid.Chain.Crypto;
using Grid.Protocol.SignIn;
using Grid.Tests.Protocol.Vectors;
using Limits = Grid.Protocol.SignIn.Limits;

namespace Grid.Tests.Protocol.SignIn;

public sealed class SignInMessages
{
    /// <summary>The example of EIP-4361.</summary>
    private const string Example =
        "service.org wants you to sign in with your Ethereum account:\n" +
        "0xe5A12547fe4E872D192E3eCecb76F2Ce1aeA4946\n" +
        "\n" +
        "I accept the ServiceOrg Terms of Service: https://service.org/tos\n" +
        "\n" +
        "URI: https://service.org/login\n" +
        "Version: 1\n" +
        "Chain ID: 1\n" +
        "Nonce: 32891757\n" +
        "Issued At: 2021-09-30T16:25:24.000Z\n" +
        "Resources:\n" +
        "- ipfs://bafybeiemxf5abjwjbikoz4mc3a3dla6ual3jsgpdr4cjr3oz3evfyavhwq/\n" +
        "- https://example.com/my-web2-claim.json";

    private static readonly DateTimeOffset s_now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly SignInExpectation s_expected = new("grid.example:8080", "https://grid.example:8080/", 0, "abcdefgh12345678");

    [Fact]
    public void The_example_of_the_eip_is_read_and_written_back()
    {
        Assert.True(SignInMessageReader.TryRead(Example, out var message, out var fault), fault);

        Assert.Equal("service.org", message.Domain);
        Assert.Equal("0xe5A12547fe4E872D192E3eCecb76F2Ce1aeA4946", message.Address.ToString());
        Assert.Equal("I accept the ServiceOrg Terms of Service: https://service.org/tos", message.Statement);
        Assert.Equal("https://service.org/login", message.Uri);
        Assert.Equal((1L, "32891757"), (message.ChainId, message.Nonce));
        Assert.Equal(new DateTimeOffset(2021, 9, 30, 16, 25, 24, TimeSpan.Zero), message.IssuedAt);
        Assert.Equal(2, message.Resources.Length);
        Assert.Equal(Example, message.ToText());
    }

    [Fact]
    public void A_message_without_a_statement_has_two_blank_lines()
    {
        var text = MessageOf(Address.Zero).ToText();

        Assert.Contains($"{Address.Zero}\n\n\nURI: ", text, StringComparison.Ordinal);
        Assert.True(SignInMessageReader.TryRead(text, out var message, out _));
        Assert.Null(message.Statement);
        Assert.Equal(text, message.ToText());
    }

    [Theory]
    [InlineData("Version: 1", "Version: 2")]
    [InlineData("Chain ID: 1", "Chain ID: -1")]
    [InlineData("Nonce: 32891757", "Nonce: 3289175")]
    [InlineData("Nonce: 32891757", "Nonce: 3289-1757")]
    [InlineData("URI: https://service.org/login", "URI: login")]
    [InlineData("2021-09-30T16:25:24.000Z", "2021-09-30T16:25:24.000")]
    [InlineData("2021-09-30T16:25:24.000Z", "yesterday")]
    [InlineData("0xe5A12547fe4E872D192E3eCecb76F2Ce1aeA4946", "0xe5a12547fe4e872d192e3ececb76f2ce1aea4946")]
    [InlineData("service.org wants you", " wants you")]
    [InlineData("\nNonce: 32891757", "")]
    [InlineData("claim.json", "claim.json\nmore")]
    [InlineData("Version: 1\n", "Version: 1\r\n")]
    public void A_message_that_breaks_the_grammar_is_refused_by_line(string valid, string broken)
    {
        Assert.False(SignInMessageReader.TryRead(Example.Replace(valid, broken, StringComparison.Ordinal), out _, out var fault));
        Assert.StartsWith("Line ", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_of_absurd_length_is_not_parsed() => Assert.False(SignInMessageReader.TryRead(new string('\n', Limits.MaxMessageLength + 1), out _, out _));

    [Fact]
    public void The_right_signature_over_the_right_message_signs_in() => Assert.Null(FaultOf(message => message));

    public static TheoryData<string, Func<SignInMessage, SignInMessage>> Wrong => new()
    {
        { "domain", message => message with { Domain = "evil.example" } },
        { "URI", message => message with { Uri = "https://evil.example/" } },
        { "Chain ID", message => message with { ChainId = 1 } },
        { "Nonce", message => message with { Nonce = "anothernonce" } },
        { "Issued At", message => message with { IssuedAt = s_now.AddMinutes(11) } },
        { "Not Before", message => message with { NotBefore = s_now.AddSeconds(1) } },
        { "expired", message => message with { ExpirationTime = s_now } },
        { "expired", message => message with { ExpirationTime = null, IssuedAt = s_now.AddMinutes(-31) } },
        { "signature", message => message with { Address = Address.Zero } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Anything_else_does_not(string named, Func<SignInMessage, SignInMessage> change) =>
        Assert.Contains(named, FaultOf(change), StringComparison.Ordinal);

    private static string? FaultOf(Func<SignInMessage, SignInMessage> change)
    {
        using var key = GoldenVectors.Key("tenant");
        var text = change(MessageOf(key.Address)).ToText();
        return SignInCheck.Fault(text, key.Sign(Eip191.Hash(text)), s_expected, s_now);
    }

    private static SignInMessage MessageOf(Address address) => new(
        s_expected.Domain, address, null, s_expected.Uri, s_expected.ChainId, s_expected.Nonce, s_now.AddMinutes(-1), s_now.AddMinutes(5));
}
