using Grid.Protocol;

namespace Grid.CommandLine.LocalGrids;

/// <summary>One node of a local grid.</summary>
public sealed class LocalNode
{
    internal LocalNode(ProviderProfile profile, ProviderId provider) => (Profile, Provider) = (profile, provider);

    internal ProviderProfile Profile { get; }

    public string Name => Profile.Name;

    public ProviderId Provider { get; }

    /// <summary>Null before its first start.</summary>
    public ChildProgram? Program { get; internal set; }
}
