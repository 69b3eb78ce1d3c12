using System.Globalization;
using System.Text;
using ESign.Testing.PdfBuilder;
using static ESign.Fuzz.Hostile.HostileTrees;

namespace ESign.Fuzz.Hostile;

/// <summary>Signature dictionaries, signature values and histories made to keep a verifier busy.</summary>
internal static class HostileSignatures
{
    public static IReadOnlyList<HostileFile> Files { get; } =
    [
        new("signature-value-nested", () => Signed("[0 10 20 30]", "<" + Repeat("3080", 200_000) + ">")),
        new("signature-value-lengths-beyond", () => Signed("[0 10 20 30]", "<3084FFFFFFFF06092A864886F70D010702A084FFFFFFFF>")),
        new("signature-value-of-zeros", () => Signed("[0 10 20 30]", "<" + new string('0', 8_000_000) + ">")),
        new("signature-range-beyond", () => Signed("[0 9223372036854775807 9223372036854775807 9223372036854775807]", "<00>")),
        new("signature-range-negative", () => Signed("[-1 -1 -1 -1]", "<00>")),
        new("signature-range-overlapping", () => Signed("[0 500 100 500]", "<00>")),
        new("signature-range-of-half-a-million", () => Signed("[" + Repeat("0 1 ", 240_000) + "]", "<00>")),
        new("signature-range-of-references", () => Signed("[21 0 R 21 0 R 21 0 R 21 0 R]", "21 0 R")),
        new("signature-is-its-field", () => Finish(Form().Object(20, "<</FT/Sig/T(a)/V 20 0 R/ByteRange[0 1 2 3]/Contents<00>>>"))),
        new("signatures-5000-of-one-value", () => Fields(5000, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 10 20 30]/Contents<3006>>>")),
        new("signatures-2000-over-8-megabytes", () => Separate(2000, 8_000_000)),
        new("signature-references-of-themselves", () => Finish(Form().Object(20, "<</FT/Sig/T(a)/V 21 0 R/Lock 20 0 R/SV 20 0 R>>").Object(21, "<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>/Reference[21 0 R<</TransformParams 21 0 R/Data 1 0 R>>]/Prop_Build 21 0 R>>"))),
        new("evidence-of-itself", () => Finish(OnePage(catalog: "/DSS 20 0 R").Object(20, "<</Certs 21 0 R/CRLs[20 0 R]/OCSPs 21 0 R/VRI 20 0 R>>").Object(21, "[21 0 R 21 0 R]"))),
        new("evidence-half-a-million-times", () => Finish(OnePage(catalog: "/DSS 20 0 R").Object(20, $"<</Certs[{Repeat("21 0 R ", 200_000)}]/CRLs[{Repeat("21 0 R ", 200_000)}]>>").Stream(21, "", "\u0030\u0003\u0002\u0001\u0000"))),
        new("updates-4000-of-one-page", () => Updates(4000, 1, 1)),
        new("updates-1000-of-100-pages", () => Updates(1000, 100, 100)),
        new("updates-4000-of-5000-pages", () => Updates(4000, 5000, 1)),
    ];

    private static TestPdf Form() => OnePage(catalog: "/AcroForm<</Fields[20 0 R]/SigFlags 3>>");

    private static byte[] Signed(string range, string contents) => Finish(Form()
        .Object(20, "<</FT/Sig/T(a)/V 21 0 R/Subtype/Widget/Rect[0 0 9 9]/P 10 0 R>>")
        .Object(21, $"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange{range}/Contents {contents}>>"));

    private static byte[] Fields(int count, string value)
    {
        TestPdf pdf = OnePage(catalog: $"/AcroForm<</SigFlags 3/Fields[{string.Concat(Enumerable.Range(100, count).Select(n => $"{n} 0 R "))}]>>").Object(21, value);
        for (int number = 100; number < 100 + count; number++)
        {
            pdf.Object(number, string.Create(CultureInfo.InvariantCulture, $"<</FT/Sig/T(f{number})/V 21 0 R>>"));
        }

        return Finish(pdf);
    }

    /// <summary>Signatures whose ranges each cover nearly all of a large file, every one a little differently.</summary>
    private static byte[] Separate(int count, int size)
    {
        TestPdf pdf = OnePage(catalog: $"/AcroForm<</SigFlags 3/Fields[{string.Concat(Enumerable.Range(100, count).Select(n => $"{n} 0 R "))}]>>").Stream(5, "", new string('x', size));
        for (int i = 0; i < count; i++)
        {
            pdf.Object(100 + i, string.Create(CultureInfo.InvariantCulture, $"<</FT/Sig/T(f{i})/V<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 {size - i} {size + 10} 500]/Contents<300B06092A864886F70D010702>>>>>"));
        }

        return Finish(pdf);
    }

    /// <summary>A signed document, each of whose updates changes some of its pages.</summary>
    private static byte[] Updates(int count, int pages, int changed)
    {
        TestPdf pdf = Form().Object(20, "<</FT/Sig/T(a)/V 21 0 R>>")
            .Object(21, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 1111111111 2222222222 3333333333]/Contents<300B06092A864886F70D010702>>>");
        for (int n = 0; n < pages; n++)
        {
            pdf.Object(100 + n, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>");
        }

        pdf.Object(2, $"<</Type/Pages/Count {pages}/Kids[{string.Concat(Enumerable.Range(100, pages).Select(n => $"{n} 0 R "))}]>>").EndRevision(XrefStyle.Table, "/Root 1 0 R");
        int signedLength = pdf.ToBytes().Length;
        for (int i = 0; i < count; i++)
        {
            for (int n = 0; n < changed; n++)
            {
                pdf.Object(100 + (((i * changed) + n) % pages), string.Create(CultureInfo.InvariantCulture, $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 {i}]>>"));
            }

            pdf.EndRevision(XrefStyle.Table, "/Root 1 0 R");
        }

        string text = Encoding.Latin1.GetString(pdf.ToBytes());
        int gap = text.IndexOf("<300B", StringComparison.Ordinal);
        int end = text.IndexOf('>', gap) + 1;
        return Encoding.Latin1.GetBytes(text
            .Replace("1111111111", gap.ToString("D10", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("2222222222", end.ToString("D10", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("3333333333", (signedLength - end).ToString("D10", CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }
}
