using ESign.Pdf.Objects;

namespace ESign.Pdf.Signing;

/// <summary>Gives the drawings written through it colours that depend on no device.</summary>
/// <remarks>
/// ISO 19005-1 §6.2.3, ISO 19005-2 §6.2.4: an archive file may use DeviceRGB only under an output intent for RGB, or where the resources
/// say what it stands for. <c>/DefaultRGB</c> and <c>/DefaultGray</c> (ISO 32000-2 §8.6.5.6) say so, by the primaries, the white and nearly
/// the curve of sRGB: a calibrated space, because PDF/A-1 takes no ICC profile of version 4.
/// </remarks>
internal sealed class CalibratedSink(IObjectSink inner) : IObjectSink
{
    private static readonly PdfArray WhitePoint = new(0.9505, 1L, 1.089);

    private static readonly PdfDictionary Defaults = new(
        ("DefaultRGB", new PdfArray(new PdfName("CalRGB"), new PdfDictionary(
            ("WhitePoint", WhitePoint),
            ("Gamma", new PdfArray(2.2, 2.2, 2.2)),
            ("Matrix", new PdfArray(0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.7222, 0.9505))))),
        ("DefaultGray", new PdfArray(new PdfName("CalGray"), new PdfDictionary(("WhitePoint", WhitePoint), ("Gamma", 2.2)))));

    private PdfReference? _spaces;

    public PdfReference Reserve() => inner.Reserve();

    public PdfReference Add(PdfObject value) => inner.Add(Calibrated(value));

    public void Set(PdfReference reference, PdfObject value) => inner.Set(reference, Calibrated(value));

    private PdfObject Calibrated(PdfObject value)
    {
        if (value is not PdfStream { Dictionary: { } dictionary } stream || dictionary["Subtype"] is not PdfName { Value: "Form" })
        {
            return value;
        }

        _spaces ??= inner.Add(Defaults);
        PdfDictionary resources = dictionary["Resources"] as PdfDictionary ?? PdfDictionary.Empty;
        return new PdfStream(dictionary.With("Resources", resources.With("ColorSpace", _spaces)), stream.Data);
    }
}
