using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.Pdf.IO;
using PdfSharp.Pdf.Signatures;

namespace ESign.Benchmarks;

/// <summary>The peer that restores from the same registry: PDFsharp, its own signer, RSA-2048, no appearance.</summary>
internal static class PdfSharpPeer
{
    private static readonly Lazy<X509Certificate2> s_certificate = new(SelfSigned);

    /// <summary>PDFsharp 6.5 runs only when told under which licence; nothing with it in it is ever shipped.</summary>
    static PdfSharpPeer() => PdfSharp.PdfSharpLicense.SetAgplLicense();

    public static long Sign(byte[] input, MemoryStream output)
    {
        output.SetLength(0);
        using PdfDocument document = PdfReader.Open(new MemoryStream(input), PdfDocumentOpenMode.Modify);
        DigitalSignatureHandler.ForDocument(
            document,
            new PdfSharpDefaultSigner(s_certificate.Value, PdfMessageDigestType.SHA256),
            new DigitalSignatureOptions { Rectangle = new XRect(), Reason = "benchmark" });
        document.SaveAsync(output, closeStream: false).GetAwaiter().GetResult();
        return output.Length;
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Benchmark", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(80));
    }
}
