using ESign.Pdf;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;

namespace ESign.Benchmarks;

/// <summary>Signed documents, and the signature of one as CMS tools need it.</summary>
internal static class SignedDocument
{
    private static readonly Seal s_mark = Seal.Draw(SealDesign.SignatureText("深圳示例科技有限公司"));

    /// <summary>The document signed so many times, one visible signature after the other.</summary>
    public static byte[] Create(byte[] document, int signatures)
    {
        var signer = new PdfSigner(BenchmarkPki.Instance.P256);
        for (int number = 0; number < signatures; number++)
        {
            var output = new MemoryStream();
            var options = new SignatureOptions { Seal = s_mark.Place(SealPlacement.At(1, 10 + (number % 5 * 115), 20 + (number / 5 * 60), width: 100)) };
            signer.SignAsync(new MemoryStream(document), output, options).Done();
            document = output.ToArray();
        }

        return document;
    }

    /// <summary>The CMS container of the first signature and the bytes it covers.</summary>
    public static (byte[] Cms, byte[] Content) Parts(byte[] file, PdfDocument document)
    {
        PdfDictionary signature = document.SignatureFields[0].Value!;
        long[] range = [.. ((PdfArray)document.Resolve(signature["ByteRange"])).Select(each => ((PdfInteger)each).Value)];
        byte[] contents = ((PdfString)document.Resolve(signature["Contents"])).Bytes.ToArray();
        return (contents, [.. file.AsSpan((int)range[0], (int)range[1]), .. file.AsSpan((int)range[2], (int)range[3])]);
    }
}
