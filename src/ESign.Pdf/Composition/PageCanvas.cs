using System.Globalization;
using System.Text;
using ESign.Pdf.Fonts;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals;

namespace ESign.Pdf.Composition;

/// <summary>Collects the content stream of one page; places are as a person sees them, origin top-left, y down.</summary>
/// <remarks>ISO 32000-2 §8 and §9. One font, <c>/F1</c>; every appearance is a form <c>/X1</c>, <c>/X2</c>, ….</remarks>
internal sealed class PageCanvas(double pageHeight, FontSubsetBuilder font, IObjectSink sink)
{
    /// <summary>The stroke that makes characters bold, in em.</summary>
    private const double BoldStroke = 0.022;

    private readonly StringBuilder _content = new();
    private readonly Dictionary<PdfReference, string> _forms = [];

    private readonly List<StructureElement> _marked = [];

    /// <summary>The element that each marked-content sequence shows, by its number.</summary>
    public IReadOnlyList<StructureElement> Marked => _marked;

    public byte[] Content => Encoding.ASCII.GetBytes(_content.ToString());

    public PdfDictionary Resources(PdfReference fontReference)
    {
        var resources = new PdfDictionary(("Font", new PdfDictionary(("F1", fontReference))));
        return _forms.Count == 0 ? resources : resources.With("XObject", new PdfDictionary(_forms.Select(f => KeyValuePair.Create(f.Value, (PdfObject)f.Key))));
    }

    /// <summary>What is drawn until the sequence is closed shows an element.</summary>
    public MarkedSequence Mark(StructureElement element)
    {
        Append(string.Create(CultureInfo.InvariantCulture, $"/{element.Type} <</MCID {_marked.Count}>> BDC\n"));
        element.AddContent(this, _marked.Count);
        _marked.Add(element);
        return new MarkedSequence(this);
    }

    /// <summary>What is drawn until the sequence is closed says nothing: lines, grounds, what every page repeats (ISO 32000-2 §14.8.2.2).</summary>
    /// <param name="properties">The kind of artifact, as a property list; empty for none.</param>
    public MarkedSequence MarkArtifact(string properties = "")
    {
        Append(properties.Length == 0 ? "/Artifact BMC\n" : $"/Artifact {properties} BDC\n");
        return new MarkedSequence(this);
    }

    public void EndMarked() => Append("EMC\n");

    /// <summary>Draws a line of text from its left end on the baseline.</summary>
    public void DrawLine(TextLine line, double x, double baseline)
    {
        for (int first = 0; first < line.Clusters.Count;)
        {
            int end = first + 1;
            while (end < line.Clusters.Count && line.Clusters[end].Style == line.Clusters[first].Style)
            {
                end++;
            }

            DrawClusters(line, first, end, x, baseline);
            first = end;
        }
    }

    public void FillRectangle(DisplayedRectangle area, RgbColor color) =>
        Append($"q {Color(color)} rg {N(area.X)} {N(pageHeight - area.Bottom)} {N(area.Width)} {N(area.Height)} re f Q\n");

    public void DrawRule(double x1, double y1, double x2, double y2, double width, RgbColor color) =>
        Append($"q {Color(color)} RG {N(width)} w {N(x1)} {N(pageHeight - y1)} m {N(x2)} {N(pageHeight - y2)} l S Q\n");

    public void DrawFrame(DisplayedRectangle area, double width, RgbColor color) =>
        Append($"q {Color(color)} RG {N(width)} w {N(area.X)} {N(pageHeight - area.Bottom)} {N(area.Width)} {N(area.Height)} re S Q\n");

    public void DrawAppearance(Appearance appearance, DisplayedRectangle area)
    {
        PdfReference form = appearance.Write(sink);
        if (!_forms.TryGetValue(form, out string? name))
        {
            name = string.Create(CultureInfo.InvariantCulture, $"X{_forms.Count + 1}");
            _forms.Add(form, name);
        }

        Append($"q {N(area.Width / appearance.Width)} 0 0 {N(area.Height / appearance.Height)} {N(area.X)} {N(pageHeight - area.Bottom)} cm /{name} Do Q\n");
    }

    private void DrawClusters(TextLine line, int first, int end, double x, double baseline)
    {
        TextStyle style = line.Clusters[first].Style;
        double left = x + line.PlaceOf(first);
        string color = Color(style.Color);
        Append($"BT /F1 {N(style.Size)} Tf {color} rg ");
        if (style.IsBold)
        {
            Append($"2 Tr {color} RG {N(BoldStroke * style.Size)} w ");
        }

        Append($"1 0 0 1 {N(left)} {N(pageHeight - baseline)} Tm [<");
        for (int i = first; i < end; i++)
        {
            (Cluster cluster, double tightening) = (line.Clusters[i], line.TighteningAfter(i));
            _content.Append(Convert.ToHexString(tightening > 0 ? font.EncodeNarrow(cluster.Text) : font.Encode(cluster.Text)));
            double gap = i + 1 < end ? line.PlaceOf(i + 1) - line.PlaceOf(i) - cluster.Width + tightening : 0;
            if (Math.Abs(gap) > 0.001)
            {
                Append($">{N(-gap * 1000 / style.Size)}<"); // §9.4.3: thousandths of an em, subtracted
            }
        }

        Append($">] TJ{(style.IsBold ? " 0 Tr" : "")} ET\n");
        if (style.IsUnderlined)
        {
            double right = x + line.PlaceOf(end - 1) + line.Clusters[end - 1].Width;
            double y = baseline + (0.14 * style.Size);
            DrawRule(left, y, right, y, 0.05 * style.Size, style.Color);
        }
    }

    private void Append(string operators) => _content.Append(operators);

    private static string Color(RgbColor color) => $"{N(color.Red)} {N(color.Green)} {N(color.Blue)}";

    private static string N(double value) => Math.Round(value, 3).ToString("0.###", CultureInfo.InvariantCulture);
}
