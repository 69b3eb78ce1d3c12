using ESign.Pdf.Content;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Seals.Fields;

/// <summary>What a text or choice field shows of its value.</summary>
/// <remarks>ISO 32000-2 §12.7.5.3 (text fields) and §12.7.5.4 (choice fields).</remarks>
/// <param name="Lines">The text, a line for each of its own line ends or for each option of a list.</param>
/// <param name="Selected">The lines of a list that are chosen; empty for all other fields.</param>
/// <param name="IsMultiline">Whether lines start at the top of the field and are broken where they do not fit.</param>
/// <param name="IsList">Whether each line is an option of its own.</param>
/// <param name="Cells">The number of cells of a comb; 0 when the text runs freely.</param>
internal sealed record FieldValue(IReadOnlyList<string> Lines, IReadOnlyCollection<int> Selected, bool IsMultiline, bool IsList, int Cells)
{
    /// <summary>Longer values than anybody could read in a field are cut there.</summary>
    private const int MaxCharacters = 20_000;

    /// <summary>Options of a list that are looked at.</summary>
    private const int MaxOptions = 1000;

    private const int Multiline = 1 << 12;
    private const int Password = 1 << 13;
    private const int Combo = 1 << 17;
    private const int Comb = 1 << 24;

    public bool IsEmpty => Lines.All(line => line.Length == 0);

    public static FieldValue Of(PdfDocument document, FormField field)
    {
        bool isChoice = field.FieldType == "Ch";
        if (isChoice && (field.Flags & Combo) == 0)
        {
            return List(document, field);
        }

        IReadOnlyList<string> lines = SplitLines(Text(document, field.Value));
        if (isChoice)
        {
            string chosen = string.Join(' ', lines);
            return new FieldValue([Options(document, field).FirstOrDefault(option => option.Export == chosen).Shown ?? chosen], [], IsMultiline: false, IsList: false, 0);
        }

        if ((field.Flags & Multiline) != 0)
        {
            return new FieldValue(lines, [], IsMultiline: true, IsList: false, 0);
        }

        string line = string.Join(' ', lines);
        int cells = (field.Flags & (Comb | Password)) == Comb ? Math.Clamp(document.Integer(field.Inherited("MaxLen"), 0), 0, MaxCharacters) : 0;
        return new FieldValue([(field.Flags & Password) == 0 ? line : new string('*', line.Length)], [], IsMultiline: false, IsList: false, cells);
    }

    private static FieldValue List(PdfDocument document, FormField field)
    {
        PdfObject value = document.Resolve(field.Value);
        HashSet<string> chosen = [.. (value is PdfArray several ? several.Take(MaxOptions) : [value]).Select(one => Text(document, one))];
        int first = Math.Clamp(document.Integer(field.Inherited("TI"), 0), 0, MaxOptions);
        (string Export, string Shown)[] options = [.. Options(document, field).Skip(first)];
        return new FieldValue(
            [.. options.Select(option => option.Shown)],
            [.. Enumerable.Range(0, options.Length).Where(i => chosen.Contains(options[i].Export))],
            IsMultiline: false,
            IsList: true,
            0);
    }

    private static IEnumerable<(string Export, string Shown)> Options(PdfDocument document, FormField field)
    {
        foreach (PdfObject option in (document.Array(field.Inherited("Opt")) ?? PdfArray.Empty).Take(MaxOptions))
        {
            yield return document.Array(option) is { Count: 2 } pair
                ? (Text(document, pair[0]), Text(document, pair[1]))
                : (Text(document, option), Text(document, option));
        }
    }

    private static string Text(PdfDocument document, PdfObject? value)
    {
        string text = document.Resolve(value) switch
        {
            PdfString known => known.ToText(),
            PdfStream stream => new PdfString(document.DecodeOrEmpty(stream)).ToText(),
            _ => "",
        };
        return text.Length > MaxCharacters ? text[..MaxCharacters] : text;
    }

    private static string[] SplitLines(string text) =>
        [.. text.ReplaceLineEndings("\n").Split('\n').Select(line => string.Concat(line.Replace('\t', ' ').Where(c => !char.IsControl(c))))];
}
