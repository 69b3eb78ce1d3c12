using ESign.Pdf.Seals;
using ESign.Pdf.Signing;

namespace ESign.Benchmarks;

/// <summary>By how much a document grows: visible B-B with the chain of leaf and root, whatever the machine.</summary>
internal static class OutputGrowth
{
    /// <summary>7 KB.</summary>
    public const int Goal = 7 * 1024;

    public static IReadOnlyList<(string Name, long Bytes)> Measure() =>
    [
        ("three lines of text, P-256", Grow(new PdfSigner(BenchmarkPki.Instance.P256), s_text)),
        ("three lines of text, RSA-2048", Grow(new PdfSigner(BenchmarkPki.Instance.Rsa2048), s_text)),
        ("official seal, P-256", Grow(new PdfSigner(BenchmarkPki.Instance.P256), s_seal)),
    ];

    private static readonly Seal s_text = Seal.Draw(SealDesign.SignatureText("深圳示例科技有限公司", "签署：合同签署", "2026-01-01 12:00:00"));
    private static readonly Seal s_seal = Seal.Draw(SealDesign.Official("深圳示例科技有限公司"));

    private static long Grow(PdfSigner signer, Seal seal)
    {
        byte[] input = Inputs.Small;
        using var output = new MemoryStream();
        signer.SignAsync(new MemoryStream(input), output, new SignatureOptions { Seal = seal.Place(SealPlacement.At(1, 380, 700)) }).Done();
        return output.Length - input.Length;
    }
}
