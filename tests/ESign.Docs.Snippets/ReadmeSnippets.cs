using ESign.Pdf;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pdf.Verification;
using ESign.Pki.Certificates;
using ESign.Pki.Timestamping;
using ESign.Pki.Validation;

namespace ESign.Docs.Snippets;

public class ReadmeSnippets
{
    [Fact]
    public async Task The_program_of_the_readme_seals_signs_and_verifies()
    {
        using Workplace here = await Workplace.CreateAsync();
        const string password = Workplace.Password;
        ITimestampSource timestamps = here.Pki.Timestamps;

        #region readme
        // Seal and sign. Coordinates are what a person sees: points from the top-left corner, y down; A4 is 595 × 842.
        SigningCredential credential = SigningCredential.LoadPkcs12("company.p12", password);
        Seal seal = Seal.Draw(SealDesign.Official("深圳示例科技有限公司", "4403000000001"));

        await new PdfSigner(credential).SignAsync("contract.pdf", "signed.pdf", new SignatureOptions
        {
            Seal = seal.Place(SealPlacement.AtKeyword("甲方（盖章）", KeywordMatch.Last, Relative.Right, dx: 10)),
            Stamps = [seal.Place(SealPlacement.AcrossPages(PageEdge.Right))],     // 骑缝章, bound to the same signature
            Level = PadesLevel.T(timestamps),
        });

        // Verify. A bad signature is a verdict, never an exception.
        var verifier = new PdfVerifier(new VerificationPolicy
        {
            TrustAnchors = TrustAnchors.FromPemFile("roots.pem"),
            UnknownRevocation = UnknownRevocation.Accept,     // this example has no CRL or OCSP; the default refuses to guess
        });
        VerificationResult result = await verifier.VerifyAsync("signed.pdf");
        Console.WriteLine(result.Verdict);     // Valid
        #endregion

        SignatureVerdict signature = Assert.Single(result.Signatures);
        Assert.Equal(DocumentVerdict.Valid, result.Verdict);
        Assert.Equal(SignatureLevel.BT, signature.Level);
    }
}
