using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Grid.Chain.Crypto;

namespace Grid.Protocol.SignIn;

/// <summary>Reads a sign-in message strictly in the order of EIP-4361's grammar.</summary>
public static class SignInMessageReader
{
    /// <param name="fault">The line and what was expected there.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out SignInMessage? message, [NotNullWhen(false)] out string? fault)
    {
        message = null;
        fault = null;
        if (text.Length > Limits.MaxMessageLength)
        {
            fault = $"A sign-in message has at most {Limits.MaxMessageLength} characters, not {text.Length}.";
            return false;
        }
        try
        {
            message = Read(new Lines(text.Split('\n')));
            return true;
        }
        catch (FormatException malformed)
        {
            fault = malformed.Message;
            return false;
        }
    }

    private static SignInMessage Read(Lines lines)
    {
        var domain = lines.Before(SignInMessage.Preamble);
        var address = ReadAddress(lines);
        lines.Blank();
        var statement = ReadStatement(lines);
        var uri = lines.After("URI: ");
        if (!Uri.TryCreate(uri, UriKind.Absolute, out _)) throw lines.Fault("an absolute URI");
        if (lines.After("Version: ") != SignInMessage.Version) throw lines.Fault("version 1");
        if (!long.TryParse(lines.After("Chain ID: "), NumberStyles.None, CultureInfo.InvariantCulture, out var chainId)) throw lines.Fault("a chain id");
        var nonce = lines.After("Nonce: ");
        if (!IsNonce(nonce)) throw lines.Fault($"a nonce of {Limits.MinNonceLength} to {Limits.MaxNonceLength} letters and digits");
        var issuedAt = ReadTime(lines, lines.After("Issued At: "));
        var expiration = ReadOptionalTime(lines, "Expiration Time: ");
        var notBefore = ReadOptionalTime(lines, "Not Before: ");
        var requestId = lines.TryAfter("Request ID: ");
        var resources = ReadResources(lines);
        if (!lines.IsAtEnd) throw lines.Next("the end of the message");
        return new SignInMessage(domain, address, statement, uri, chainId, nonce, issuedAt, expiration, notBefore, requestId, resources);
    }

    /// <summary>EIP-4361 requires the EIP-55 checksum, so an address in one case is not taken.</summary>
    private static Address ReadAddress(Lines lines)
    {
        var text = lines.Take("an address");
        if (!Address.TryParse(text, out var address) || address.ToString() != text) throw lines.Fault("an address with its EIP-55 checksum");
        return address;
    }

    private static string? ReadStatement(Lines lines)
    {
        var line = lines.Take("a statement or a blank line");
        if (line.Length == 0) return null;
        lines.Blank();
        return line;
    }

    private static DateTimeOffset? ReadOptionalTime(Lines lines, string label) => lines.TryAfter(label) is { } text ? ReadTime(lines, text) : null;

    private static DateTimeOffset ReadTime(Lines lines, string text)
    {
        // RFC 3339: a zone is required, else the text would mean another time on another machine.
        string[] formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        var hasZone = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-');
        if (hasZone && DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return time;
        throw lines.Fault("a time with its zone, such as 2021-09-30T16:25:24.000Z");
    }

    private static ImmutableArray<string> ReadResources(Lines lines)
    {
        if (lines.TryAfter("Resources:") is not { } rest) return default;
        if (rest.Length > 0) throw lines.Fault("nothing after `Resources:`");
        var resources = ImmutableArray.CreateBuilder<string>();
        while (lines.TryAfter("- ") is { } resource)
        {
            if (resources.Count == Limits.MaxResources) throw lines.Fault($"at most {Limits.MaxResources} resources");
            resources.Add(resource);
        }
        return resources.ToImmutable();
    }

    private static bool IsNonce(string nonce) => nonce.Length is >= Limits.MinNonceLength and <= Limits.MaxNonceLength && nonce.All(char.IsAsciiLetterOrDigit);

    private sealed class Lines(string[] lines)
    {
        private int _taken;

        public bool IsAtEnd => _taken == lines.Length;

        public string Take(string expected) => IsAtEnd ? throw Next(expected) : lines[_taken++];

        public string Before(string suffix)
        {
            var line = Take($"a domain and `{suffix}`");
            var isRight = line.EndsWith(suffix, StringComparison.Ordinal) && line.Length > suffix.Length;
            return isRight ? line[..^suffix.Length] : throw Fault($"a domain and `{suffix}`");
        }

        public string After(string label) => TryAfter(label) ?? throw Next($"`{label}`");

        public string? TryAfter(string label)
        {
            if (IsAtEnd || !lines[_taken].StartsWith(label, StringComparison.Ordinal)) return null;
            return lines[_taken++][label.Length..];
        }

        public void Blank()
        {
            if (Take("a blank line").Length > 0) throw Fault("a blank line");
        }

        /// <summary>The line that was taken last is not what it should be.</summary>
        public FormatException Fault(string expected) => new($"Line {_taken} of the sign-in message: expected {expected}.");

        /// <summary>The line to come is not what it should be.</summary>
        public FormatException Next(string expected) => new($"Line {_taken + 1} of the sign-in message: expected {expected}.");
    }
}
