namespace ESign.Pdf.Content.Decoding;

/// <summary>The tables embedded in this assembly from the folder <c>Data</c>; how they were made is told by <c>eng/content-tables.py</c>.</summary>
internal static class EmbeddedTable
{
    public static Stream Open(string name) =>
        typeof(EmbeddedTable).Assembly.GetManifestResourceStream(typeof(EmbeddedTable), "Data." + name)
        ?? throw new InvalidOperationException($"the table {name} is not part of this build");

    public static IEnumerable<string> ReadLines(string name)
    {
        using var reader = new StreamReader(Open(name));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
