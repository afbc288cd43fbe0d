namespace Grid.Eras;

/// <summary>What an era works with, beside the grains.</summary>
public sealed record EraPorts(GridIdentity Identity, IOperatorSigner Signer, IOperatorSet Operators, IEraSecrets Secrets, IEraFiles Files, IEraChain Chain);
