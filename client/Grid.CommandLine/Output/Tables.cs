using Spectre.Console;

namespace Grid.CommandLine.Output;

internal static class Tables
{
    /// <summary>A table with a heading for each column; a name that ends in <c>#</c> is a column of numbers, aligned to the right.</summary>
    public static Table Of(params ReadOnlySpan<string> columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
        {
            var isNumber = column.EndsWith('#');
            table.AddColumn(new TableColumn(Markup.Escape(column.TrimEnd('#'))) { Alignment = isNumber ? Justify.Right : Justify.Left, NoWrap = true });
        }
        return table;
    }

    public static void Row(this Table table, params ReadOnlySpan<string> cells)
    {
        var row = new Text[cells.Length];
        for (var i = 0; i < cells.Length; i++) row[i] = new Text(cells[i]);
        table.AddRow(row);
    }
}
