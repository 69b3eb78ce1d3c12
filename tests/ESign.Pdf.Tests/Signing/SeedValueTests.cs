using System.Text;
using ESign.Pdf.Signing;
using ESign.Pdf.Tests.LongTerm;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using ESign.Pki.Revocation;
using ESign.Pki.Timestamping;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Signing;

/// <summary>ISO 32000-2 §12.7.5.5 table 237: what a field's seed values require is done or refused; the rest is advice.</summary>
public class SeedValueTests
{
    [Theory]
    [InlineData("/Ff 64/DigestMethod[(SHA384)(SHA512)]", "ECDSA-P256-SHA256", false)]
    [InlineData("/Ff 64/DigestMethod[(SHA384)(SHA512)]", "ECDSA-P384-SHA384", true)]
    [InlineData("/DigestMethod[(SHA384)]", "ECDSA-P256-SHA256", true)]
    [InlineData("/Ff 1/Filter/Other.Handler", "ECDSA-P256-SHA256", false)]
    [InlineData("/Ff 1/Filter/Adobe.PPKLite", "ECDSA-P256-SHA256", true)]
    [InlineData("/Ff 2/SubFilter[/adbe.x509.rsa_sha1]", "ECDSA-P256-SHA256", false)]
    [InlineData("/Ff 2/SubFilter[/adbe.x509.rsa_sha1/ETSI.CAdES.detached]", "ECDSA-P256-SHA256", true)]
    [InlineData("/Ff 8/Reasons[(approved)]", "ECDSA-P256-SHA256", false)]
    [InlineData("/Ff 8/Reasons[(agreed)(approved)]", "ECDSA-P256-SHA256", true, "agreed")]
    [InlineData("/Ff 8/Reasons[(.)]", "ECDSA-P256-SHA256", true)]
    [InlineData("/Ff 8/Reasons[(.)]", "ECDSA-P256-SHA256", false, "agreed")]
    [InlineData("/MDP<</P 2>>", "ECDSA-P256-SHA256", false)]
    [InlineData("/MDP<</P 0>>", "ECDSA-P256-SHA256", true)]
    [InlineData("/TimeStamp<</URL(http://tsa.example/)/Ff 1>>", "ECDSA-P256-SHA256", false)]
    [InlineData("/TimeStamp<</URL(http://tsa.example/)/Ff 0>>", "ECDSA-P256-SHA256", true)]
    [InlineData("/Ff 4/V 3", "ECDSA-P256-SHA256", true)]
    [InlineData("/Ff 4/V 4", "ECDSA-P256-SHA256", false)]
    [InlineData("/V 4", "ECDSA-P256-SHA256", true)]
    [InlineData("/Ff 32/AddRevInfo true", "ECDSA-P256-SHA256", false)]
    [InlineData("/Ff 32/AddRevInfo false", "ECDSA-P256-SHA256", true)]
    [InlineData("/AddRevInfo true", "ECDSA-P256-SHA256", true)]
    [InlineData("/Ff 128/LockDocument/true", "ECDSA-P256-SHA256", false)]
    [InlineData("/Ff 128/LockDocument/false", "ECDSA-P256-SHA256", true)]
    [InlineData("/Ff 128/LockDocument/auto", "ECDSA-P256-SHA256", true)]
    [InlineData("/Ff 256/AppearanceFilter(Company look)", "ECDSA-P256-SHA256", false)]
    [InlineData("/AppearanceFilter(Company look)", "ECDSA-P256-SHA256", true)]
    [InlineData("/Ff 16/LegalAttestation[(I made this)]", "ECDSA-P256-SHA256", true)]
    [InlineData("/Cert<</Ff 1/Subject[{leaf}]>>", "ECDSA-P256-SHA256", true)]
    [InlineData("/Cert<</Ff 1/Subject[{root}{leaf}]>>", "ECDSA-P256-SHA256", true)]
    [InlineData("/Cert<</Ff 1/Subject[{root}]>>", "ECDSA-P256-SHA256", false)]
    [InlineData("/Cert<</Subject[{root}]>>", "ECDSA-P256-SHA256", true)]
    [InlineData("/Cert<</Ff 2/Issuer[{root}]>>", "ECDSA-P256-SHA256", true)]
    [InlineData("/Cert<</Ff 2/Issuer[{leaf}]>>", "ECDSA-P256-SHA256", false)]
    [InlineData("/Cert<</Ff 4/Issuer[{root}]/OID[(1.2.3.4.5)]>>", "ECDSA-P256-SHA256", false)]
    [InlineData("/Cert<</Ff 8/SubjectDN[<</o<FEFF6DF15733793A4F8B79D1628067099650516C53F8>>>]>>", "ECDSA-P256-SHA256", true)]
    [InlineData("/Cert<</Ff 8/SubjectDN[<</2.5.4.6(CN)/c(CN)>>]>>", "ECDSA-P256-SHA256", true)]
    [InlineData("/Cert<</Ff 8/SubjectDN[<</cn(Somebody else)>>]>>", "ECDSA-P256-SHA256", false)]
    [InlineData("/Cert<</Ff 32/KeyUsage[(XX1)(1X)]>>", "ECDSA-P256-SHA256", true)]
    [InlineData("/Cert<</Ff 32/KeyUsage[(XXXXX1)]>>", "ECDSA-P256-SHA256", false)]
    [InlineData("/Cert<</Ff 32/KeyUsage[(0)]>>", "ECDSA-P256-SHA256", false)]
    [InlineData("/Cert<</Ff 64/URL(https://enrol.example/)>>", "ECDSA-P256-SHA256", true)]
    [InlineData("/Cert<</Ff 64/URL(https://sign.example/)/URLType/ASSP>>", "ECDSA-P256-SHA256", false)]
    [InlineData("/Cert<</SignaturePolicyOID(1.2.3.4)>>", "ECDSA-P256-SHA256", false)]
    public async Task Required_values_are_kept_or_the_signature_is_refused(string seed, string algorithm, bool signs, string? reason = null)
    {
        var options = new SignatureOptions { FieldName = "here", Reason = reason };
        if (signs)
        {
            await SignAsync(seed, algorithm, options);
            return;
        }

        SigningRefusedException refused = await Assert.ThrowsAsync<SigningRefusedException>(() => SignAsync(seed, algorithm, options));
        Assert.Equal(SigningRefusal.SeedValue, refused.Code);
    }

    [Fact]
    public async Task A_demanded_SubFilter_is_used_when_the_caller_chose_none()
    {
        byte[] signed = await SignAsync("/Ff 2/SubFilter[/adbe.pkcs7.detached]", "ECDSA-P256-SHA256", new SignatureOptions { FieldName = "here" });
        Assert.Contains("/SubFilter/adbe.pkcs7.detached", Encoding.Latin1.GetString(signed), StringComparison.Ordinal);
        await Assert.ThrowsAsync<SigningRefusedException>(() => SignAsync("/Ff 2/SubFilter[/adbe.pkcs7.detached]", "ECDSA-P256-SHA256", new SignatureOptions { FieldName = "here", Profile = SignatureProfile.Pades }));
    }

    [Fact]
    public async Task A_demanded_certification_is_given()
    {
        byte[] signed = await SignAsync("/MDP<</P 2>>", "ECDSA-P256-SHA256", new SignatureOptions { FieldName = "here", Certification = CertificationLevel.FormFilling });
        Assert.Contains("/DocMDP", Encoding.Latin1.GetString(signed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_demanded_lock_of_the_document_is_a_certification_without_changes_or_the_fields_own()
    {
        await SignAsync("/Ff 128/LockDocument/true", "ECDSA-P256-SHA256", new SignatureOptions { FieldName = "here", Certification = CertificationLevel.NoChanges });
        await SignAsync("/Ff 128/LockDocument/true>>/Lock<</Type/SigFieldLock/Action/All/P 1", "ECDSA-P256-SHA256", new SignatureOptions { FieldName = "here" });
        await Assert.ThrowsAsync<SigningRefusedException>(
            () => SignAsync("/Ff 128/LockDocument/false", "ECDSA-P256-SHA256", new SignatureOptions { FieldName = "here", Certification = CertificationLevel.NoChanges }));
    }

    [Fact]
    public async Task A_legal_attestation_is_demanded_of_a_certification() => await Assert.ThrowsAsync<SigningRefusedException>(
        () => SignAsync("/Ff 16/LegalAttestation[(I made this)]", "ECDSA-P256-SHA256", new SignatureOptions { FieldName = "here", Certification = CertificationLevel.FormFilling }));

    [Fact]
    public async Task A_demanded_level_is_reached_or_nothing_is_signed_whatever_the_level_may_be_else()
    {
        TestPki pki = await TestPki.SharedAsync();
        PadesLevel without = PadesLevel.LT(pki.Timestamps, new GivenRevocationSource([], [])).OrLower();
        PadesLevel with = PadesLevel.LT(pki.Timestamps, await TestRevocation.ListsAsync(pki)).OrLower();
        await Assert.ThrowsAsync<RevocationUnavailableException>(() => SignAsync("/Ff 32/AddRevInfo true", "ECDSA-P256-SHA256", new SignatureOptions { FieldName = "here", Level = without }));
        Assert.NotEmpty(await SignAsync("/Ff 32/AddRevInfo true", "ECDSA-P256-SHA256", new SignatureOptions { FieldName = "here", Level = with }));
        await Assert.ThrowsAsync<SigningRefusedException>(
            () => SignAsync("/Ff 32/AddRevInfo true", "ECDSA-P256-SHA256", new SignatureOptions { FieldName = "here", Level = with, Profile = SignatureProfile.AdobePkcs7 }));
        PadesLevel silent = PadesLevel.T(new FailoverTimestampSource(new SilentTimestamps())).OrLower();
        await Assert.ThrowsAsync<TimestampUnavailableException>(
            () => SignAsync("/TimeStamp<</URL(http://tsa.example/)/Ff 1>>", "ECDSA-P256-SHA256", new SignatureOptions { FieldName = "here", Level = silent }));
    }

    [Fact]
    public async Task A_demanded_timestamp_is_demanded_of_who_completes_a_prepared_signature()
    {
        TestPki pki = await TestPki.SharedAsync();
        var draft = new MemoryStream();
        var signer = new DeferredPdfSigner(pki.Enterprise.Certificate, pki.Enterprise.Issuers, pki.Enterprise.Key.Algorithm);
        PreparedSignature prepared = await signer.PrepareAsync(
            new MemoryStream(Document("/TimeStamp<</URL(http://tsa.example/)/Ff 1>>", pki)), draft, new SignatureOptions { FieldName = "here", Level = PadesLevel.T(pki.Timestamps) });
        prepared = PreparedSignature.FromJson(prepared.ToJson());
        byte[] value = await pki.Enterprise.Key.SignAsync(prepared.SignedAttributes, TestContext.Current.CancellationToken);
        SigningRefusedException refused = await Assert.ThrowsAsync<SigningRefusedException>(() => prepared.CompleteAsync(draft, value, TestContext.Current.CancellationToken));
        Assert.Equal(SigningRefusal.SeedValue, refused.Code);
        await prepared.CompleteAsync(draft, value, pki.Timestamps, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Where_the_certificate_is_not_known_yet_a_demand_on_it_is_not_met()
    {
        byte[] document = Document("/Cert<</Ff 1/Subject[{leaf}]>>", await TestPki.SharedAsync());
        SigningRefusedException refused = await Assert.ThrowsAsync<SigningRefusedException>(
            () => PreparedDocument.PrepareAsync(new MemoryStream(document), new MemoryStream(), DigestAlgorithm.Sha256, options: new SignatureOptions { FieldName = "here" }));
        Assert.Equal(SigningRefusal.SeedValue, refused.Code);
        Assert.Contains("/Cert /Subject", refused.Message, StringComparison.Ordinal);
    }

    private static byte[] Document(string seed, TestPki pki) => TestPdf.WithPages(catalog: "/AcroForm<</Fields[30 0 R]>>", page: "/Annots[30 0 R]")
        .Object(30, $"<</Type/Annot/Subtype/Widget/FT/Sig/T(here)/Rect[100 100 200 160]/P 10 0 R/F 4/SV<</Type/SV{Filled(seed, pki)}>>>>")
        .EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();

    private static string Filled(string seed, TestPki pki) => seed
        .Replace("{leaf}", $"<{Convert.ToHexString(pki.Enterprise.Certificate.RawData.Span)}>", StringComparison.Ordinal)
        .Replace("{root}", $"<{Convert.ToHexString(pki.Root.Certificate.RawData.Span)}>", StringComparison.Ordinal);

    private static async Task<byte[]> SignAsync(string seed, string algorithm, SignatureOptions options)
    {
        TestPki pki = await TestPki.SharedAsync();
        SigningCredential credential = algorithm == pki.Enterprise.Key.Algorithm.Name
            ? pki.Enterprise
            : await pki.EnterpriseAsync("杭州样本软件有限公司", "91330100MA0000349D", SignatureAlgorithm.FromName(algorithm));
        return await SigningPlanTests.SignAsync(credential, Document(seed, pki), options);
    }
}
