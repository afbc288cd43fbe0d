using Grid.Shards;

namespace Grid.Tests.Grains.Shards;

public sealed class ShardPages
{
    private static readonly string Id = Some.Lease(1).ToString();

    [Fact]
    public void An_id_is_stored_as_its_bytes_and_any_other_member_as_its_text()
    {
        var page = ShardMembers.With(ShardMembers.With(new ShardState(), Id), "germany");

        Assert.Equal([Some.Lease(1).Value], page.Ids.Ascending);
        Assert.Equal(["germany"], page.Members);
        Assert.Equal(["germany", Id], ShardMembers.All(page));
        Assert.Equal(2, ShardMembers.Count(page));
    }

    [Fact]
    public void A_member_that_an_earlier_version_stored_as_text_is_there_once_and_can_leave()
    {
        var old = new ShardState { Members = [Id] };

        Assert.Same(old, ShardMembers.With(old, Id));
        Assert.Empty(ShardMembers.All(ShardMembers.Without(old, Id)));
    }

    [Fact]
    public void A_text_that_is_not_how_an_id_is_written_comes_back_as_it_was()
    {
        var shouted = "0x" + Id[2..].ToUpperInvariant();

        Assert.Equal([shouted], ShardMembers.All(ShardMembers.With(new ShardState(), shouted)));
    }

    [Fact]
    public void Who_is_not_there_changes_nothing_by_leaving()
    {
        var page = ShardMembers.With(new ShardState(), Id);

        Assert.Same(page, ShardMembers.Without(page, Some.Lease(2).ToString()));
    }
}
