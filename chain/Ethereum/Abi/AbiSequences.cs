namespace Grid.Chain.Ethereum.Abi;

/// <summary>Values side by side: heads first, what is dynamic behind them.</summary>
internal static class AbiSequence
{
    public static byte[] Encode(IReadOnlyList<(AbiType Type, AbiValue Value)> parts)
    {
        var tails = parts.Select(part => part.Type.Encode(part.Value)).ToArray();
        var heads = parts.Sum(part => part.Type.HeadBytes);
        var encoded = new byte[checked(heads + parts.Select((part, i) => part.Type.IsDynamic ? tails[i].Length : 0).Sum())];
        var (head, tail) = (0, heads);
        for (var i = 0; i < tails.Length; i++)
        {
            if (parts[i].Type.IsDynamic)
            {
                AbiWords.Write(encoded.AsSpan(head), tail);
                tails[i].CopyTo(encoded, tail);
                tail += tails[i].Length;
            }
            else
            {
                tails[i].CopyTo(encoded, head);
            }

            head += parts[i].Type.HeadBytes;
        }

        return encoded;
    }
}

/// <summary><c>T[]</c> and <c>T[N]</c>.</summary>
internal sealed class AbiArray(AbiType element, int? count)
    : AbiType($"{element.Name}[{count}]", checked(element.HeadBytes * (count ?? 0)), count is null || element.IsDynamic)
{
    public override byte[] Encode(AbiValue value)
    {
        var items = value.Items;
        if (count is { } expected && items.Count != expected) throw Misfit(value, $"{expected} elements");
        var content = AbiSequence.Encode([.. items.Select(item => (element, item))]);
        if (count is not null) return content;
        var length = new byte[WordBytes];
        AbiWords.Write(length, items.Count);
        return [.. length, .. content];
    }

    internal override AbiValue Decode(AbiReader reader)
    {
        var length = count ?? reader.Length(element.HeadBytes);
        return AbiValue.List(reader.Sequence(Enumerable.Repeat(element, length), length * element.HeadBytes));
    }
}

/// <summary><c>(A,B)</c>: a struct, or a function's arguments.</summary>
internal sealed class AbiTuple(IReadOnlyList<AbiType> fields)
    : AbiType($"({string.Join(',', fields.Select(field => field.Name))})", fields.Sum(field => field.HeadBytes), fields.Any(field => field.IsDynamic))
{
    private readonly int _headsBytes = fields.Sum(field => field.HeadBytes);

    public override byte[] Encode(AbiValue value)
    {
        if (value.Items.Count != fields.Count) throw Misfit(value, $"{fields.Count} fields");
        return AbiSequence.Encode([.. fields.Zip(value.Items)]);
    }

    internal override AbiValue Decode(AbiReader reader) => AbiValue.List(reader.Sequence(fields, _headsBytes));
}
