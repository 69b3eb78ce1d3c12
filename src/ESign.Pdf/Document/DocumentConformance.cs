using ESign.Pdf.Objects;

namespace ESign.Pdf.Document;

/// <summary>What a document claims to conform to, so that signing leaves it so.</summary>
internal static class DocumentConformance
{
    /// <summary>
    /// Whether it claims PDF/A-1, which forbids transparency (ISO 19005-1 §6.4), or a later part without an output intent, under
    /// which a page must say itself how its colours blend (ISO 19005-2 §6.2.10).
    /// </summary>
    public static bool ForbidsTransparency(PdfDocument document) => PdfAPart(document) switch
    {
        null => false,
        '1' => true,
        _ => !OutputIntents(document).Any(),
    };

    /// <summary>
    /// How many components the device has for which an archive file is meant – 3 for RGB, 4 for CMYK, 0 where it does not say –
    /// or null for a file that is no archive file (ISO 19005-1 §6.2.3, ISO 19005-2 §6.2.4.3).
    /// </summary>
    public static int? DeviceComponents(PdfDocument document) => PdfAPart(document) is null ? null : OutputIntents(document)
        .Select(intent => document.Resolve(intent["DestOutputProfile"]) is PdfStream profile && document.Resolve(profile.Dictionary["N"]) is PdfInteger { Value: >= 1 and <= 4 } n ? (int)n.Value : 0)
        .FirstOrDefault();

    /// <summary>The part of ISO 19005 its metadata names – '1' to '4' – or null (ISO 19005-2 §6.6.4).</summary>
    public static char? PdfAPart(PdfDocument document)
    {
        if (document.Resolve(document.Catalog["Metadata"]) is not PdfStream metadata)
        {
            return null;
        }

        ReadOnlySpan<byte> xmp;
        try
        {
            xmp = document.Decode(metadata).Span;
        }
        catch (PdfFormatException)
        {
            return null; // metadata that cannot be read claims nothing
        }

        int at = xmp.IndexOf("pdfaid:part"u8);
        if (at < 0)
        {
            return null;
        }

        // <pdfaid:part>1</pdfaid:part> or pdfaid:part="1"
        ReadOnlySpan<byte> value = xmp[(at + "pdfaid:part"u8.Length)..].TrimStart("=>\"' \r\n\t"u8);
        return value is [>= (byte)'1' and <= (byte)'4' and byte part, ..] ? (char)part : null;
    }

    private static IEnumerable<PdfDictionary> OutputIntents(PdfDocument document) =>
        (document.Resolve(document.Catalog["OutputIntents"]) as PdfArray ?? PdfArray.Empty)
            .Select(document.Resolve).OfType<PdfDictionary>()
            .Where(intent => document.Resolve(intent["S"]) is PdfName { Value: "GTS_PDFA1" });
}
