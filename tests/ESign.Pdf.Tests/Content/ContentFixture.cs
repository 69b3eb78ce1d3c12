using System.Text;
using ESign.Pdf.Content;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Tests.Content;

/// <summary>One page made by hand: objects in memory, streams stored as they are.</summary>
internal sealed class ContentFixture : IObjectResolver
{
    private readonly List<PdfObject> _objects = [];
    private readonly Dictionary<string, PdfObject> _fonts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PdfObject> _forms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PdfObject> _properties = new(StringComparer.Ordinal);

    public ContentFixture() => Font("F1", Helvetica);

    public static PdfDictionary Helvetica { get; } = Dict(("Type", Name("Font")), ("Subtype", Name("Type1")), ("BaseFont", Name("Helvetica")), ("Encoding", Name("WinAnsiEncoding")));

    public PageGeometry Geometry { get; init; } = new(new PdfRectangle(0, 0, 600, 800), 0, 1);

    public PdfDictionary Resources => Dict(
        ("Font", new PdfDictionary(_fonts)),
        ("XObject", new PdfDictionary(_forms)),
        ("Properties", new PdfDictionary(_properties)));

    public static PdfName Name(string value) => new(value);

    public static PdfDictionary Dict(params (string, PdfObject)[] entries) => new(entries);

    public static PdfStream Stream(string text, params (string, PdfObject)[] entries) => new(Dict(entries), Encoding.Latin1.GetBytes(text));

    public static PdfStream Stream(byte[] bytes, params (string, PdfObject)[] entries) => new(Dict(entries), bytes);

    /// <summary>A composite font; its descendant has the given character collection and further entries.</summary>
    public static PdfDictionary Composite(PdfObject encoding, string ordering, params (string, PdfObject)[] descendant) => Dict(
        ("Type", Name("Font")),
        ("Subtype", Name("Type0")),
        ("Encoding", encoding),
        ("DescendantFonts", new PdfArray(Dict(
        [
            ("Type", Name("Font")),
            ("Subtype", Name("CIDFontType2")),
            ("CIDSystemInfo", Dict(("Registry", PdfString.Text("Adobe")), ("Ordering", PdfString.Text(ordering)), ("Supplement", 2))),
            .. descendant,
        ]))));

    public PdfReference Add(PdfObject value)
    {
        _objects.Add(value);
        return new PdfReference(_objects.Count);
    }

    public void Set(PdfReference reference, PdfObject value) => _objects[reference.Number - 1] = value;

    public ContentFixture Font(string name, PdfDictionary font)
    {
        _fonts[name] = Add(font);
        return this;
    }

    public ContentFixture Form(string name, PdfObject form)
    {
        _forms[name] = form;
        return this;
    }

    public ContentFixture Property(string name, PdfDictionary properties)
    {
        _properties[name] = properties;
        return this;
    }

    public PdfObject Resolve(PdfObject? value) => value is PdfReference reference
        ? reference.Number <= _objects.Count ? _objects[reference.Number - 1] : PdfNull.Instance
        : value ?? PdfNull.Instance;

    public ReadOnlyMemory<byte> Decode(PdfStream stream) => stream.Data.ToMemory();

    public IReadOnlyList<TextMatch> Find(string content, string keyword, bool wholeWord = false) =>
        Find(keyword, wholeWord, Stream(content));

    public IReadOnlyList<TextMatch> Find(string keyword, bool wholeWord, params PdfStream[] contents)
    {
        PdfObject entry = contents.Length == 1 ? contents[0] : new PdfArray(contents);
        return new PageSearcher(this).Find(Dict(("Contents", entry)), Resources, Geometry, 1, FoldedKeyword.Parse(keyword, wholeWord));
    }

    /// <summary>The only match, its user space box rounded to hundredths as "left bottom right top".</summary>
    public string Box(string content, string keyword) => Box(Assert.Single(Find(content, keyword)));

    public static string Box(TextMatch match) => FormattableString.Invariant(
        $"{match.UserSpace.Left:0.##} {match.UserSpace.Bottom:0.##} {match.UserSpace.Right:0.##} {match.UserSpace.Top:0.##}");

    /// <summary>The glyphs of a page, as text with their origins.</summary>
    public string Glyphs(string content)
    {
        var glyphs = new List<PlacedGlyph>();
        new ContentInterpreter(this, new Pdf.Content.Decoding.FontReader(this), glyphs).Run(Encoding.Latin1.GetBytes(content), Resources);
        return string.Join(' ', glyphs.Select(g => FormattableString.Invariant($"{g.Text}@{g.Origin.X:0.##},{g.Origin.Y:0.##}")));
    }
}
