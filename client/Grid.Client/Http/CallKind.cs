namespace Grid.Client.Http;

/// <param name="ChangesState">No answer then means that the outcome is unknown.</param>
/// <param name="IsTransfer">Content of any length: it may take as long as it takes.</param>
internal sealed record CallKind(bool ChangesState, bool NeedsSession, bool IsTransfer = false)
{
    public static readonly CallKind PublicRead = new(ChangesState: false, NeedsSession: false);

    public static readonly CallKind Read = new(ChangesState: false, NeedsSession: true);

    public static readonly CallKind Download = new(ChangesState: false, NeedsSession: true, IsTransfer: true);

    public static readonly CallKind Change = new(ChangesState: true, NeedsSession: true);

    public static readonly CallKind Upload = new(ChangesState: true, NeedsSession: true, IsTransfer: true);

    /// <summary>Its own signature says who asks.</summary>
    public static readonly CallKind SignedChange = new(ChangesState: true, NeedsSession: false);
}
