using ESign.Pdf.Content;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Forms;

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

    /// <summary>Names longer than a line of a page are cut there.</summary>
    private const int MaxNameCharacters = 500;

    /// <summary>What a value that is a stream counts for, in characters: it is decoded for each field that has it.</summary>
    private const int StreamWork = 1000;

    private const int Multiline = 1 << 12;
    private const int Password = 1 << 13;
    private const int Combo = 1 << 17;
    private const int Comb = 1 << 24;

    public bool IsEmpty => Lines.All(line => line.Length == 0);

    /// <summary>Characters and options that were looked at, shown or not.</summary>
    public int Work { get; private init; }

    public static FieldValue Of(PdfDocument document, FormField field)
    {
        PdfObject value = document.Resolve(field.Value);
        int options = document.Array(field.Inherited("Opt"))?.Count ?? 0;
        if (field.FieldType == "Ch" && (field.Flags & Combo) == 0)
        {
            FieldValue list = List(document, field, value);
            return list with { Work = options + ((value as PdfArray)?.Count ?? 0) + list.Lines.Sum(line => line.Length) };
        }

        string text = Text(document, value);
        IReadOnlyList<string> lines = SplitLines(text);
        FieldValue shown = (field.Flags & Multiline) != 0 && field.FieldType != "Ch"
            ? new FieldValue(lines, [], IsMultiline: true, IsList: false, 0)
            : OneLine(document, field, string.Join(' ', lines));
        return shown with { Work = options + text.Length + (value is PdfStream ? StreamWork : 0) };
    }

    /// <summary>What is a name or a caption: a string of one line.</summary>
    public static string Name(PdfDocument document, PdfObject? value) => document.Resolve(value) is PdfString name ? Cut(name.Bytes, MaxNameCharacters) : "";

    private static FieldValue OneLine(PdfDocument document, FormField field, string line)
    {
        if (field.FieldType == "Ch")
        {
            return new FieldValue([Options(document, field).FirstOrDefault(option => option.Export == line).Shown ?? line], [], IsMultiline: false, IsList: false, 0);
        }

        int cells = (field.Flags & (Comb | Password)) == Comb ? Math.Clamp(document.Integer(field.Inherited("MaxLen"), 0), 0, MaxCharacters) : 0;
        return new FieldValue([(field.Flags & Password) == 0 ? line : new string('*', line.Length)], [], IsMultiline: false, IsList: false, cells);
    }

    private static FieldValue List(PdfDocument document, FormField field, PdfObject value)
    {
        HashSet<string> chosen = [.. (value is PdfArray several ? several.Take(MaxOptions) : [value]).Select(one => Name(document, one))];
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
                ? (Name(document, pair[0]), Name(document, pair[1]))
                : (Name(document, option), Name(document, option));
        }
    }

    private static string Text(PdfDocument document, PdfObject value) => value switch
    {
        PdfString text => Cut(text.Bytes, MaxCharacters),
        PdfStream stream => Cut(document.DecodeOrEmpty(stream), MaxCharacters),
        _ => "",
    };

    /// <summary>The beginning of a text string; no character has more than four bytes.</summary>
    private static string Cut(ReadOnlyMemory<byte> bytes, int characters)
    {
        string text = new PdfString(bytes[..Math.Min(bytes.Length, 4 * characters)]).ToText();
        return text.Length > characters ? text[..characters] : text;
    }

    private static string[] SplitLines(string text) =>
        [.. text.ReplaceLineEndings("\n").Split('\n').Select(line => string.Concat(line.Replace('\t', ' ').Where(c => !char.IsControl(c))))];
}
