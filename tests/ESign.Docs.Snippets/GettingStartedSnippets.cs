#region start-usings
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pdf.Verification;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Pki.Validation;
#endregion

namespace ESign.Docs.Snippets;

/// <summary>The program of <c>docs/getting-started.md</c>; a package test runs it from an empty folder as well.</summary>
public class GettingStartedSnippets
{
    [Fact]
    public async Task Getting_started()
    {
        using Workplace here = await Workplace.CreateAsync();

        #region start-certificate
        string password = "choose your own";
        CertificateAuthority root = await CertificateAuthority.CreateRootAsync(
            CertificateSubject.Service("My Root CA", "My Company"), LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256));
        using var key = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
        IssuedCertificate issued = await root.IssueAsync(CertificateProfile.EnterpriseSeal, new IssuanceRequest
        {
            Subject = CertificateSubject.Enterprise("深圳示例科技有限公司", UnifiedSocialCreditCode.Parse("91350100M000100Y43")),
            SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
        });
        issued.WithKey(key).SavePkcs12("company.p12", password);
        File.WriteAllText("roots.pem", root.Certificate.ToPem());
        #endregion

        #region start-sign
        SigningCredential credential = SigningCredential.LoadPkcs12("company.p12", password);
        Seal seal = Seal.Draw(SealDesign.Official("深圳示例科技有限公司", "4403000000001"));
        SignatureReceipt receipt = await new PdfSigner(credential).SignAsync("contract.pdf", "signed.pdf", new SignatureOptions
        {
            Seal = seal.Place(SealPlacement.At(page: -1, x: 380, y: 520)),
            Stamps = [seal.Place(SealPlacement.AcrossPages(PageEdge.Right))],
        });
        Console.WriteLine($"{receipt.Level}, {receipt.Places.Count} places");      // B-B, and the pages plus one
        #endregion

        #region start-verify
        var verifier = new PdfVerifier(new VerificationPolicy
        {
            TrustAnchors = TrustAnchors.FromPemFile("roots.pem"),
            UnknownRevocation = UnknownRevocation.Accept,       // this authority publishes no CRL yet
        });
        VerificationResult result = await verifier.VerifyAsync("signed.pdf");
        Console.WriteLine(result.Verdict);                      // Valid
        #endregion

        Assert.Equal(DocumentVerdict.Valid, result.Verdict);
    }
}
