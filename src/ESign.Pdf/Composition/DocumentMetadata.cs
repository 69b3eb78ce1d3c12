using System.Globalization;
using System.Security;
using System.Text;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Composition;

/// <summary>The information dictionary and the XMP packet, saying the same.</summary>
/// <remarks>ISO 32000-2 §14.3; ISO 19005-3 §6.6 (metadata) and §6.6.4 (the version and conformance level identification schema).</remarks>
internal static class DocumentMetadata
{
    private const string Producer = "ESign";

    public static PdfDictionary InfoDictionary(DocumentInfo info)
    {
        var dictionary = new PdfDictionary(("Title", PdfString.Text(info.Title)), ("Creator", PdfString.Text(Producer)), ("Producer", PdfString.Text(Producer)));
        dictionary = info.Author.Length > 0 ? dictionary.With("Author", PdfString.Text(info.Author)) : dictionary;
        dictionary = info.Subject.Length > 0 ? dictionary.With("Subject", PdfString.Text(info.Subject)) : dictionary;
        dictionary = info.Keywords.Length > 0 ? dictionary.With("Keywords", PdfString.Text(info.Keywords)) : dictionary;
        return info.Created is { } created ? dictionary.With("CreationDate", Date(created)).With("ModDate", Date(created)) : dictionary;
    }

    /// <summary>§7.9.4: D:YYYYMMDDHHmmSS with the offset from universal time.</summary>
    public static PdfString Date(DateTimeOffset time)
    {
        TimeSpan offset = time.Offset.Duration();
        char sign = time.Offset < TimeSpan.Zero ? '-' : '+';
        return PdfString.Text(string.Create(CultureInfo.InvariantCulture, $"D:{time:yyyyMMddHHmmss}{sign}{offset:hh}'{offset:mm}'"));
    }

    public static byte[] Xmp(DocumentInfo info)
    {
        var xmp = new StringBuilder();
        xmp.Append("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
        xmp.Append("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
        xmp.Append("<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"");
        xmp.Append(" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n");
        xmp.Append("<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>\n");
        xmp.Append(CultureInfo.InvariantCulture, $"<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{Escape(info.Title)}</rdf:li></rdf:Alt></dc:title>\n");
        Append(xmp, info.Author, "<dc:creator><rdf:Seq><rdf:li>", "</rdf:li></rdf:Seq></dc:creator>\n");
        Append(xmp, info.Subject, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">", "</rdf:li></rdf:Alt></dc:description>\n");
        Append(xmp, info.Keywords, "<pdf:Keywords>", "</pdf:Keywords>\n");
        xmp.Append(CultureInfo.InvariantCulture, $"<pdf:Producer>{Producer}</pdf:Producer><xmp:CreatorTool>{Producer}</xmp:CreatorTool>\n");
        if (info.Created is { } created)
        {
            xmp.Append(CultureInfo.InvariantCulture, $"<xmp:CreateDate>{created:yyyy-MM-ddTHH:mm:sszzz}</xmp:CreateDate><xmp:ModifyDate>{created:yyyy-MM-ddTHH:mm:sszzz}</xmp:ModifyDate>\n");
        }

        xmp.Append("</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>");
        return Encoding.UTF8.GetBytes(xmp.ToString());
    }

    private static void Append(StringBuilder xmp, string value, string before, string after)
    {
        if (value.Length > 0)
        {
            xmp.Append(before).Append(Escape(value)).Append(after);
        }
    }

    private static string Escape(string text) => SecurityElement.Escape(string.Concat(text.Where(c => c >= ' ' && c is not ('\uFFFE' or '\uFFFF'))));
}
