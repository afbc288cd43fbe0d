using System.Text.Json.Serialization;

namespace Grid.Bench.Eras;

/// <summary>What <c>grid bench era --json</c> prints. Medians of several runs; wall-clock.</summary>
/// <param name="TreeMs">From sorted leaves to the root, all nodes kept for proofs.</param>
/// <param name="SignPerSecond">Votes (EIP-712, secp256k1) on one thread.</param>
/// <param name="VerifyPerSecond">Proofs of leaves checked on one thread.</param>
/// <param name="EndToCommitMs">
/// The computation between an era's end and its commit, as it goes when every operator has its own machine: one operator's book is encoded, hashed and signed,
/// the books of all are decoded and checked by the proposer and again by a co-signer, each computes rows, tree and vote, and a quorum's signatures are checked.
/// </param>
/// <param name="PeakMiB">The process's highest resident memory.</param>
public sealed record EraBenchResult(
    int Providers, int Operators, double TreeMs, long LeavesPerSecond, long SignPerSecond, long VerifyPerSecond, double EndToCommitMs, long PeakMiB, EraReference Reference);

/// <summary>The same machine in the same run.</summary>
/// <param name="KeccakPerSecond">Hashes of 64 bytes one by one on one thread.</param>
/// <param name="KeccakSideBySidePerSecond">The same, several in one register.</param>
/// <param name="TreeMsAt2To20">The tree of 1 048 576 leaves.</param>
/// <param name="CpuMsAt2To20">Processor time of that tree, all cores together.</param>
/// <param name="KeccaksPerLeaf">Hashes of 64 bytes that one leaf of that tree takes the processor time of; its own work is four permutations.</param>
public sealed record EraReference(long KeccakPerSecond, long KeccakSideBySidePerSecond, double TreeMsAt2To20, double CpuMsAt2To20, double KeccaksPerLeaf, int Cores);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(EraBenchResult))]
internal sealed partial class EraBenchJson : JsonSerializerContext;
