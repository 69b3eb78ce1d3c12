using System.Text;
using ESign.Pdf.Signing;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
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

    private static async Task<byte[]> SignAsync(string seed, string algorithm, SignatureOptions options)
    {
        TestPki pki = await TestPki.SharedAsync();
        SigningCredential credential = algorithm == pki.Enterprise.Key.Algorithm.Name
            ? pki.Enterprise
            : await pki.EnterpriseAsync("杭州样本软件有限公司", "91330100MA0000349D", SignatureAlgorithm.FromName(algorithm));
        byte[] original = TestPdf.WithPages(catalog: "/AcroForm<</Fields[30 0 R]>>", page: "/Annots[30 0 R]")
            .Object(30, $"<</Type/Annot/Subtype/Widget/FT/Sig/T(here)/Rect[100 100 200 160]/P 10 0 R/F 4/SV<</Type/SV{seed}>>>>")
            .EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();
        return await SigningPlanTests.SignAsync(credential, original, options);
    }
}
