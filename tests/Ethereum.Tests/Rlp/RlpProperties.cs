using FsCheck;
using FsCheck.Fluent;
using Grid.Chain.Ethereum.Rlp;

namespace Grid.Tests.Ethereum.Rlp;

public sealed class RlpProperties
{
    private static readonly Gen<byte[]> s_bytes = Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf();

    [Fact]
    public void What_is_read_encodes_to_the_same_bytes_or_was_refused() => Prop.ForAll(s_bytes.ToArbitrary(), bytes =>
    {
        try
        {
            return RlpReader.Read(bytes).Encode().AsSpan().SequenceEqual(bytes);
        }
        catch (RlpException)
        {
            return true;
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Any_tree_is_read_back() => Prop.ForAll(Trees(3).ToArbitrary(), tree =>
        RlpReader.Read(tree.Encode()).Encode().AsSpan().SequenceEqual(tree.Encode())).QuickCheckThrowOnFailure();

    private static Gen<RlpItem> Trees(int depth)
    {
        var leaf = s_bytes.Select(bytes => RlpItem.Of(bytes));
        return depth == 0 ? leaf : Gen.OneOf(leaf, Trees(depth - 1).ArrayOf().Select(items => RlpItem.List(items)));
    }
}
