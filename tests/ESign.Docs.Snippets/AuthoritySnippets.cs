using System.Globalization;
using ESign.Pdf.Reporting;
using ESign.Pdf.Signing;
using ESign.Pdf.Verification;
using ESign.Pdf.Verification.Modifications;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Storage;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Pki.Revocation;
using ESign.Pki.Timestamping;
using ESign.Pki.Validation;
using ESign.Testing;
using ESign.Tsa;

namespace ESign.Docs.Snippets;

/// <summary>Guides: certificate authority, timestamp authority, verification.</summary>
public class AuthoritySnippets
{
    [Fact]
    public async Task Certificate_authority()
    {
        using Workplace here = await Workplace.CreateAsync();
        ISigningKey rootKey = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP384Sha384);
        ISigningKey issuingKey = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
        ICertificateRepository repository = SqlCertificateRepository.OpenSqlite("authorities.db");

        #region ca-create
        CertificateAuthority root = await CertificateAuthority.CreateRootAsync(CertificateSubject.Service("Example Root CA", "Example"), rootKey);
        CertificateAuthority issuing = await root.CreateIssuingCaAsync(CertificateSubject.Service("Example Issuing CA", "Example"), issuingKey, new CertificateAuthorityOptions
        {
            Repository = repository,
            Publication = new PublicationPoints
            {
                CrlUris = ["http://pki.example/issuing.crl"],
                OcspUris = ["http://pki.example/ocsp"],
                IssuerCertificateUris = ["http://pki.example/issuing.cer"],
            },
        });
        #endregion

        using var elsewhere = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        string csr = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=anything", elsewhere, System.Security.Cryptography.HashAlgorithmName.SHA256).CreateSigningRequestPem();

        #region ca-issue
        CertificateSubject verified = CertificateSubject.Person("张三", ResidentIdNumber.Parse("11010519491231002X"));
        IssuedCertificate issued = await issuing.IssueAsync(CertificateProfile.Person, IssuanceRequest.FromCsr(csr, verified) with
        {
            EvidenceReference = "application 2026-0001",        // recorded, not put into the certificate
        });
        #endregion

        #region ca-revoke
        await issuing.RevokeAsync(issued.SerialNumber, RevocationReason.KeyCompromise);
        PublishedCrl crl = await new CrlPublisher(issuing).PublishAsync();
        File.WriteAllBytes("issuing.crl", crl.RawData.ToArray());
        #endregion

        Assert.Equal(1, crl.EntryCount);
        Assert.Contains("张三", issued.Certificate.Subject.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timestamp_authority()
    {
        CertificateAuthority issuing = (await TestPki.SharedAsync()).Issuing;

        #region tsa-create
        using var key = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
        SigningCredential credential = (await issuing.IssueAsync(CertificateProfile.TimestampAuthority, new IssuanceRequest
        {
            Subject = CertificateSubject.Service("Example TSA", "Example"),
            SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
        })).WithKey(key);

        // The clock's guarantor; NtpClockStatusSource measures against servers instead of believing the operator.
        var guard = new ClockGuard([new TrustedClockStatusSource(uncertainty: TimeSpan.FromMilliseconds(1))]);
        await guard.RefreshAsync();
        var authority = new TimestampAuthority(credential, new TimestampAuthorityOptions
        {
            Policies = [new TimestampPolicy("2.25.178693465734123")],
            ClockGuard = guard,
        });
        #endregion

        #region tsa-use
        TimestampToken token = await authority.GetTimestampAsync(DigestAlgorithm.Sha256, DigestAlgorithm.Sha256.Compute("contract"u8));
        Console.WriteLine(token.Time);
        #endregion

        Assert.False(token.SerialNumber.IsEmpty);
    }

    [Fact]
    public async Task Verification()
    {
        using Workplace here = await Workplace.CreateAsync();
        await new PdfSigner(here.Pki.Enterprise).SignAsync("contract.pdf", "signed.pdf", cancellationToken: TestContext.Current.CancellationToken);
        File.WriteAllBytes("root.crl", (await new CrlPublisher(here.Pki.Root).PublishAsync(TestContext.Current.CancellationToken)).RawData.ToArray());
        File.WriteAllBytes("issuing.crl", (await new CrlPublisher(here.Pki.Issuing).PublishAsync(TestContext.Current.CancellationToken)).RawData.ToArray());

        #region verify
        var verifier = new PdfVerifier(new VerificationPolicy
        {
            TrustAnchors = TrustAnchors.FromPemFile("roots.pem"),
            RevocationLists =
            [
                .. CertificateRevocationList.LoadMany(File.ReadAllBytes("root.crl")),
                .. CertificateRevocationList.LoadMany(File.ReadAllBytes("issuing.crl")),
            ],
        });
        VerificationResult result = await verifier.VerifyAsync("signed.pdf");
        foreach (SignatureVerdict signature in result.Signatures)
        {
            Console.WriteLine($"{signature.FieldName}: {signature.Indication} {signature.SubIndication}");
            foreach (CheckResult check in signature.Checks)
            {
                Console.WriteLine($"  {check.Outcome}: {check.Message} ({check.Citation})");
            }

            foreach (ModificationFinding change in signature.LaterChanges)
            {
                Console.WriteLine($"  {(change.Permitted ? "permitted" : "forbidden")} change: {change.Message}");
            }
        }
        #endregion

        #region verify-report
        using FileStream pdf = File.Create("verdict.pdf");
        await ValidationReport.Create(result, "signed.pdf").WritePdfAsync(pdf);
        #endregion

        Assert.Equal(DocumentVerdict.Valid, result.Verdict);
        Assert.True(pdf.Length > 1000);
        await SigningReportOf(result);
    }

    private static async Task SigningReportOf(VerificationResult result)
    {
        File.Copy(Repository.PathTo("docs", "schemas", "evidence.example.json"), "evidence.json");

        #region signing-report
        using FileStream signed = File.OpenRead("signed.pdf");
        SigningReport report = SigningReport.Create(result, new SigningReportOptions
        {
            Document = ReportedDocument.Read(signed, "signed.pdf"),                 // digests of every revision, places as a person sees them
            Evidence = SigningEvidence.Parse(File.ReadAllBytes("evidence.json")),   // without it the report rests on the PDF alone, and says so
            Culture = CultureInfo.GetCultureInfo("zh-CN"),
            Issuer = "示例签署平台",
        });
        await using FileStream pdf = File.Create("report.pdf");
        await report.WritePdfAsync(pdf);
        #endregion

        Assert.True(pdf.Length > 10_000);
    }
}
