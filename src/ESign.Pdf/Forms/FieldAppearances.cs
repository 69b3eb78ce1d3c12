using System.Text;
using ESign.Pdf.Content;
using ESign.Pdf.Content.Decoding;
using ESign.Pdf.Document;
using ESign.Pdf.Fonts;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals;
using ESign.Pdf.Seals.Drawing;

namespace ESign.Pdf.Forms;

/// <summary>
/// Draws the fields of a form that leaves this to the viewer (<c>/NeedAppearances</c>). Signing takes the flag away, because a viewer
/// that draws fields anew changes what was signed, or leaves the seal out; without it only what has an appearance is seen.
/// </summary>
/// <remarks>ISO 32000-2 §12.7.3 table 224, §12.7.4.3 (variable text), §12.5.6.19 (appearance characteristics).</remarks>
internal sealed class FieldAppearances
{
    private const int Hidden = 2;

    /// <summary>/Q of what stands in the middle.</summary>
    private const int Centred = 1;

    /// <summary>Characters and options of all fields together: four thousand fields of a hundred characters, three seconds and 100 MB.</summary>
    public const int MaxWork = 400_000;

    /// <summary>What a font counts for when it is read, in characters.</summary>
    private const int FontWork = 500;

    /// <summary>Bytes of /DA that are looked at: a font, a size and a colour.</summary>
    private const int MaxDefaultLook = 1000;

    /// <summary>Stands for characters that neither the form's font nor the bundled one has.</summary>
    private static readonly Rune Missing = new('□');

    private readonly PdfDocument _document;
    private readonly PdfDictionary _form;
    private readonly FontReader _fontReader;
    private readonly Dictionary<string, FieldFont?> _fonts = new(StringComparer.Ordinal);
    private readonly FontSubsetBuilder _codes = new(BundledFont.Regular, Missing);
    private readonly FieldFont _bundled;
    private readonly List<DrawnWidget> _drawn = [];
    private int _work;

    private FieldAppearances(PdfDocument document, PdfDictionary form)
    {
        _document = document;
        _form = form;
        _fontReader = new FontReader(document);
        _bundled = FieldFont.Bundled(_codes);
    }

    /// <summary>Draws what a viewer would, where the form asks for it.</summary>
    /// <returns>False when there is more to draw than <see cref="MaxWork"/>; nothing is drawn then.</returns>
    public static bool TryDraw(PdfDocument document, IncrementalUpdate update, IObjectSink sink)
    {
        if (document.AcroForm.Dictionary is not { } form || document.Resolve(form["NeedAppearances"]) is not PdfBoolean { Value: true })
        {
            return true;
        }

        var appearances = new FieldAppearances(document, form);
        foreach (FormField field in document.AcroForm.Fields)
        {
            foreach (Widget widget in field.Widgets)
            {
                if (!appearances.TryDraw(field, widget))
                {
                    return false;
                }
            }
        }

        appearances.Write(update, sink);
        return true;
    }

    private bool TryDraw(FormField field, Widget widget)
    {
        PdfRectangle place = Page.ReadRectangle(_document, widget.Dictionary["Rect"]) ?? default;
        if (widget.Reference is not { } reference || place is { Width: 0 } or { Height: 0 } || (_document.Integer(widget.Dictionary["F"], 0) & Hidden) != 0)
        {
            return true;
        }

        PdfObject shown = _document.Resolve(_document.Dictionary(widget.Dictionary["AP"])?["N"]);
        if (field.FieldType == "Btn" && ButtonLook.Missing(_document, field, widget, shown as PdfDictionary, isDrawn: shown is PdfStream) is { } button)
        {
            if (!TrySpend(1 + button.Value.Lines[0].Length))
            {
                return false;
            }

            PdfStream form = DrawField(button.Value, _bundled, DefaultLook(field, widget), Centred, widget.Dictionary, place);
            _drawn.Add(new DrawnWidget(reference, _bundled, form, button.State));
            return true;
        }

        return field.FieldType is not ("Tx" or "Ch") || TryDrawText(field, widget, reference, place, isDrawn: shown is PdfStream);
    }

    private bool TryDrawText(FormField field, Widget widget, PdfReference reference, PdfRectangle place, bool isDrawn)
    {
        FieldValue value = FieldValue.Of(_document, field);
        DefaultAppearance look = DefaultLook(field, widget);
        if (!TrySpend(1 + value.Work + (_fonts.ContainsKey(look.Font) ? 0 : FontWork)))
        {
            return false;
        }

        string text = string.Concat(value.Lines);
        FieldFont font = FontNamed(look.Font) is { } own && own.Has(text) ? own : _bundled;

        // Its own program may have drawn what no font here has.
        if (isDrawn && (value.IsEmpty || !font.Has(text)))
        {
            return true;
        }

        int alignment = _document.Integer(widget.Dictionary["Q"] ?? field.Inherited("Q") ?? _form["Q"], 0);
        _drawn.Add(new DrawnWidget(reference, font, DrawField(value, font, look, alignment, widget.Dictionary, place), State: null));
        return true;
    }

    private bool TrySpend(int work)
    {
        _work += work;
        return _work <= MaxWork;
    }

    private DefaultAppearance DefaultLook(FormField field, Widget widget)
    {
        ReadOnlyMemory<byte> written = _document.Resolve(widget.Dictionary["DA"] ?? field.Inherited("DA") ?? _form["DA"]) is PdfString text ? text.Bytes : default;
        return DefaultAppearance.Parse(written.Span[..Math.Min(written.Length, MaxDefaultLook)]);
    }

    private FieldFont? FontNamed(string name)
    {
        if (!_fonts.TryGetValue(name, out FieldFont? font))
        {
            PdfObject? entry = _document.Dictionary(_document.Dictionary(_form["DR"])?["Font"])?[name];
            _fonts[name] = font = entry is not null && _fontReader.Read(entry) is SimpleFont simple ? FieldFont.Of(simple, entry) : null;
        }

        return font;
    }

    private PdfStream DrawField(FieldValue value, FieldFont font, DefaultAppearance look, int alignment, PdfDictionary widget, PdfRectangle place)
    {
        PdfDictionary traits = _document.Dictionary(widget["MK"]) ?? PdfDictionary.Empty;
        PageGeometry geometry = PageGeometry.Create(place, null, _document.Integer(traits["R"], 0), 1);
        (double width, double height) = (geometry.DisplayedWidth, geometry.DisplayedHeight);
        double border = _document.Array(traits["BC"]) is { Count: > 0 } ? Math.Clamp(_document.Number(_document.Dictionary(widget["BS"])?["W"], 1), 0, height / 4) : 0;
        var content = new ContentBuilder();
        if (SetColor(content, Components(traits["BG"]), "g", "rg", "k"))
        {
            content.Rectangle(0, 0, width, height).Fill();
        }

        if (border > 0 && SetColor(content, Components(traits["BC"]), "G", "RG", "K"))
        {
            content.LineWidth(border).Rectangle(border / 2, border / 2, width - border, height - border).Operator("S");
        }

        var layout = new FieldLayout(value, font, look.Size, width, height, border, alignment);
        content.Name("Tx").Operator("BMC").Save();
        content.Rectangle(layout.Inset, layout.Inset, Math.Max(0, width - (2 * layout.Inset)), Math.Max(0, height - (2 * layout.Inset))).Clip();
        foreach (int line in value.Selected.Where(line => line < layout.Lines.Count))
        {
            // The colour that common viewers mark a chosen option with.
            content.FillColor(new SealColor(153, 193, 218));
            content.Rectangle(0, layout.Lines[line].Baseline + (layout.Size * font.Extent.Descent), width, layout.Leading).Fill();
        }

        content.Operator("BT");
        SetColor(content, look.Ink, "g", "rg", "k");
        content.Name("F").Number(layout.Size).Operator("Tf");
        foreach ((string text, double x, double baseline) in layout.Lines)
        {
            content.Number(1).Number(0).Number(0).Number(1).Number(x).Number(baseline).Operator("Tm").Hex(font.Encode(text)).Operator("Tj");
        }

        content.Operator("ET").Restore().Operator("EMC");
        PdfMatrix upright = geometry.AppearanceMatrix(width, height);
        PdfDictionary form = new(("Type", new PdfName("XObject")), ("Subtype", new PdfName("Form")), ("BBox", new PdfArray(0, 0, width, height)));
        return content.ToStream(upright == PdfMatrix.Identity ? form : form.With("Matrix", upright.ToArray()));
    }

    private IReadOnlyList<double> Components(PdfObject? color) => [.. (_document.Array(color) ?? PdfArray.Empty).Take(4).Select(component => _document.Number(component, 0))];

    private static bool SetColor(ContentBuilder content, IReadOnlyList<double> components, string gray, string rgb, string cmyk)
    {
        if (components.Count is not (1 or 3 or 4))
        {
            return false;
        }

        foreach (double component in components)
        {
            content.Number(component);
        }

        content.Operator(components.Count switch { 1 => gray, 3 => rgb, _ => cmyk });
        return true;
    }

    private void Write(IncrementalUpdate update, IObjectSink sink)
    {
        PdfReference? embedded = _drawn.Any(widget => widget.Font.Entry is null) ? _codes.Build().Write(sink) : null;
        foreach ((PdfReference reference, FieldFont font, PdfStream form, string? state) in _drawn)
        {
            PdfDictionary resources = new(("Font", new PdfDictionary(("F", font.Entry ?? embedded!))));
            PdfReference drawing = sink.Add(new PdfStream(form.Dictionary.With("Resources", resources), form.Data));
            var widget = (PdfDictionary)update.Resolve(reference);
            PdfDictionary? states = _document.Resolve(_document.Dictionary(widget["AP"])?["N"]) as PdfDictionary;
            update.Set(reference, state is null
                ? widget.With("AP", new PdfDictionary(("N", drawing)))
                : widget.With("AP", new PdfDictionary(("N", (states ?? PdfDictionary.Empty).With(state, drawing)))).With("AS", new PdfName(state)));
        }
    }

    /// <param name="Reference">The widget.</param>
    /// <param name="Font">The font of its text.</param>
    /// <param name="Form">What it shows, without its resources.</param>
    /// <param name="State">The state of a button that shows it; null when it has but one look.</param>
    private sealed record DrawnWidget(PdfReference Reference, FieldFont Font, PdfStream Form, string? State);
}
