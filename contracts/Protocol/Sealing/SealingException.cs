namespace Grid.Protocol.Sealing;

/// <summary>Sealed content could not be opened. The message never carries content.</summary>
public sealed class SealingException(string message) : Exception(message);
