namespace Grid.Tests.Architecture;

public sealed class DependencyArrows
{
    [Fact]
    public void Placeholder() => Assert.True(true);
}
