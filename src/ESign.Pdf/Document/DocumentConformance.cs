using ESign.Pdf.Objects;

namespace ESign.Pdf.Document;

/// <summary>What a document claims to conform to, so that signing leaves it so.</summary>
internal static class DocumentConformance
{
    /// <summary>Whether it claims PDF/A-1, which forbids transparency (ISO 19005-1 §6.4).</summary>
    public static bool ForbidsTransparency(PdfDocument document) => PdfAPart(document) == '1';

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
}
