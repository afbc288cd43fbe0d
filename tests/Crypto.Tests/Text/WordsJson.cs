using System.Text.Json.Serialization;
using Grid.Chain.Crypto;

namespace Grid.Tests.Crypto.Text;

internal sealed record SignedWords(Hash256 Hash, Address Address, Signature Signature, SortedDictionary<Address, Hash256> ByAddress);

[JsonSerializable(typeof(SignedWords))]
internal sealed partial class WordsJson : JsonSerializerContext;
