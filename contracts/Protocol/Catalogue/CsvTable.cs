using System.Collections.Immutable;
using System.Text;

namespace Grid.Protocol.Catalogue;

/// <summary>An embedded table: comma-separated, the first line names the columns, a field may stand in double quotes.</summary>
internal static class CsvTable
{
    /// <summary>The data rows of an embedded file, each with as many fields as the first line.</summary>
    public static ImmutableArray<string[]> ReadEmbedded(string fileName)
    {
        var name = $"Grid.Protocol.Catalogue.{fileName}";
        using var stream = typeof(CsvTable).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The assembly lacks the embedded table {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var columns = SplitLine(reader.ReadLine() ?? "").Length;
        var rows = ImmutableArray.CreateBuilder<string[]>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0) continue;
            var fields = SplitLine(line);
            if (fields.Length != columns) throw new InvalidOperationException($"{fileName}: {fields.Length} fields instead of {columns} in: {line}");
            rows.Add(fields);
        }
        return rows.ToImmutable();
    }

    internal static string[] SplitLine(string line)
    {
        var (fields, field, isQuoted) = (new List<string>(), new StringBuilder(), false);
        foreach (var c in line)
        {
            if (c == '"') isQuoted = !isQuoted;
            else if (c == ',' && !isQuoted) (_, field) = (Close(), new StringBuilder());
            else field.Append(c);
        }
        Close();
        return [.. fields];

        int Close()
        {
            fields.Add(field.ToString());
            return fields.Count;
        }
    }
}
