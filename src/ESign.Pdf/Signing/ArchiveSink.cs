using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals;

namespace ESign.Pdf.Signing;

/// <summary>Gives the drawings written into an archive file colours that depend on no device but the one the file is meant for.</summary>
/// <remarks>
/// ISO 19005-1 §6.2.3, ISO 19005-2 §6.2.4: such a file may use DeviceRGB only under an output intent for RGB, or where the resources
/// say what it stands for; DeviceCMYK likewise, but for that nothing can stand without a printer's profile. <c>/DefaultRGB</c> and <c>/DefaultGray</c> (ISO 32000-2 §8.6.5.6) say so, by the primaries, the white and nearly
/// the curve of sRGB: a calibrated space, because PDF/A-1 takes no ICC profile of version 4.
/// </remarks>
internal sealed class ArchiveSink(IObjectSink inner, int deviceComponents) : IObjectSink
{
    private static readonly PdfArray WhitePoint = new(0.9505, 1L, 1.089);

    private static readonly PdfDictionary Defaults = new(
        ("DefaultRGB", new PdfArray(new PdfName("CalRGB"), new PdfDictionary(
            ("WhitePoint", WhitePoint),
            ("Gamma", new PdfArray(2.2, 2.2, 2.2)),
            ("Matrix", new PdfArray(0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.7222, 0.9505))))),
        ("DefaultGray", new PdfArray(new PdfName("CalGray"), new PdfDictionary(("WhitePoint", WhitePoint), ("Gamma", 2.2)))));

    private PdfReference? _spaces;

    /// <summary>The sink for the drawings of a document: the update itself unless the document claims to be an archive file.</summary>
    public static IObjectSink For(PdfDocument document, IObjectSink update) =>
        DocumentConformance.DeviceComponents(document) is { } components ? new ArchiveSink(update, components) : update;

    public PdfReference Reserve() => inner.Reserve();

    public PdfReference Add(PdfObject value) => inner.Add(Calibrated(value));

    public void Set(PdfReference reference, PdfObject value) => inner.Set(reference, Calibrated(value));

    private PdfObject Calibrated(PdfObject value)
    {
        if (value is not PdfStream { Dictionary: { } dictionary } stream)
        {
            return value;
        }

        if (deviceComponents != 4 && dictionary["ColorSpace"] is PdfName { Value: "DeviceCMYK" })
        {
            throw new SealImageException(
                SealImageError.UnsupportedFormat,
                "该文件为 PDF/A，其输出意图不含 CMYK，请使用 RGB 图片 / The document is an archive file (PDF/A) that is not meant for CMYK: give the image in RGB.");
        }

        if (deviceComponents == 3 || dictionary["Subtype"] is not PdfName { Value: "Form" })
        {
            return value;
        }

        _spaces ??= inner.Add(Defaults);
        PdfDictionary resources = dictionary["Resources"] as PdfDictionary ?? PdfDictionary.Empty;
        return new PdfStream(dictionary.With("Resources", resources.With("ColorSpace", _spaces)), stream.Data);
    }
}
