using System.Text;
using ESign.Pdf.Document;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pdf.Tests.LongTerm;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Testing;

namespace ESign.Pdf.Tests.Signing;

/// <summary>Signing in two steps, with a file and a JSON text between them as between two processes.</summary>
public sealed class DeferredPdfSignerTests : IDisposable
{
    private static readonly Seal Official = Seal.Draw(SealDesign.Official("深圳示例科技有限公司", "4403000000001"));
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("RSA-PKCS1-SHA256")]
    [InlineData("RSA-PSS-SHA256")]
    [InlineData("ECDSA-P384-SHA384")]
    [InlineData("SM2-SM3")]
    [InlineData("SM2-SM3-EMPTY-ID")]
    public async Task Prepared_in_one_process_and_completed_in_another(string algorithm)
    {
        TestPki pki = await TestPki.SharedAsync();
        SigningCredential credential = await pki.EnterpriseAsync("杭州样本软件有限公司", "91330100MA0000349D", SignatureAlgorithm.FromName(algorithm));
        string draft = _folder.PathTo("draft.pdf");
        string json;
        await using (FileStream output = File.Create(draft))
        {
            PreparedSignature prepared = await Signer(credential).PrepareAsync(new MemoryStream(TestDocuments.TwoPages()), output, new SignatureOptions
            {
                Seal = Official.Place(SealPlacement.At(1, 300, 300)),
                Level = PadesLevel.T(pki.Timestamps),
            });
            json = prepared.ToJson();
        }

        PreparedSignature restored = PreparedSignature.FromJson(json);
        Assert.Equal(json, restored.ToJson());
        if (restored.Algorithm.Scheme == SignatureScheme.Sm2)
        {
            Assert.Throws<NotSupportedException>(restored.ComputeDigestToSign);
        }
        else
        {
            Assert.Equal(restored.Algorithm.Digest.Compute(restored.SignedAttributes.Span), restored.ComputeDigestToSign());
        }

        byte[] value = await credential.Key.SignAsync(restored.SignedAttributes, CancellationToken.None);
        await using (FileStream file = File.Open(draft, FileMode.Open))
        {
            await restored.CompleteAsync(file, value, pki.Timestamps);
        }

        Assert.Empty(Witness.QpdfComplaints(draft));
        var signed = new SignedFile(File.ReadAllBytes(draft));
        Assert.Equal((1, 0), signed.CheckTimestamps(pki, _folder));
        if (restored.Algorithm.Scheme != SignatureScheme.Sm2)
        {
            Assert.True(Assert.Single(Witness.PdfSig(draft)).IsValid);
            (byte[] covered, byte[] cms, _) = Assert.Single(signed.Signatures());
            Witness.OpenSslCms(cms, covered, pki.Root.Certificate.ToPem(), _folder);
        }
    }

    [Fact]
    public async Task A_wrong_value_a_changed_draft_and_a_second_completion_are_refused_and_change_nothing()
    {
        TestPki pki = await TestPki.SharedAsync();
        var draft = new MemoryStream();
        PreparedSignature prepared = await Signer(pki.Enterprise).PrepareAsync(new MemoryStream(TestDocuments.TwoPages()), draft);
        byte[] before = draft.ToArray();
        byte[] value = await pki.Enterprise.Key.SignAsync(prepared.SignedAttributes, CancellationToken.None);

        byte[] wrong = await pki.Enterprise.Key.SignAsync("something else"u8.ToArray(), CancellationToken.None);
        Assert.Equal(SigningRefusal.WrongSignatureValue, await RefusalAsync(() => prepared.CompleteAsync(draft, wrong)));
        Assert.Equal(SigningRefusal.WrongSignatureValue, await RefusalAsync(() => prepared.CompleteAsync(draft, new byte[] { 1, 2, 3 })));
        foreach (long position in (long[])[100, prepared.ByteRange.SecondStart + 3])
        {
            byte[] changed = (byte[])before.Clone();
            changed[position] ^= 1;
            Assert.Equal(SigningRefusal.PreparedDocumentChanged, await RefusalAsync(() => prepared.CompleteAsync(new MemoryStream(changed), value)));
        }

        Assert.Equal(SigningRefusal.PreparedDocumentChanged, await RefusalAsync(() => prepared.CompleteAsync(new MemoryStream([.. before, 10]), value)));
        Assert.Equal(before, draft.ToArray());

        await prepared.CompleteAsync(draft, value);
        byte[] completed = draft.ToArray();
        Assert.True(Assert.Single(Witness.PdfSig(_folder.Write("signed.pdf", completed))).IsValid);
        Assert.Equal(SigningRefusal.PreparedDocumentChanged, await RefusalAsync(() => prepared.CompleteAsync(draft, value)));
        Assert.Equal(completed, draft.ToArray());
    }

    [Fact]
    public async Task JSON_that_was_tampered_with_completes_nothing()
    {
        TestPki pki = await TestPki.SharedAsync();
        SigningCredential other = await pki.EnterpriseAsync("杭州样本软件有限公司", "91330100MA0000349D");
        var draft = new MemoryStream();
        PreparedSignature prepared = await Signer(pki.Enterprise).PrepareAsync(new MemoryStream(TestDocuments.TwoPages()), draft);
        byte[] before = draft.ToArray();
        byte[] value = await pki.Enterprise.Key.SignAsync(prepared.SignedAttributes, CancellationToken.None);

        // The draft and the digest changed alike: what the key signed is still the first digest.
        byte[] changed = (byte[])before.Clone();
        changed[100] ^= 1;
        byte[] covered = [.. changed.AsSpan(0, (int)prepared.ByteRange.FirstLength), .. changed.AsSpan((int)prepared.ByteRange.SecondStart)];
        PreparedSignature redigested = prepared with { Digest = prepared.Algorithm.Digest.Compute(covered) };
        Assert.Equal(SigningRefusal.WrongSignatureValue, await RefusalAsync(() => redigested.CompleteAsync(new MemoryStream(changed), value)));

        // Another certificate of the same key: the signed attributes name the first.
        IssuedCertificate renewed = await pki.Issuing.IssueAsync(CertificateProfile.EnterpriseSeal, new IssuanceRequest
        {
            Subject = CertificateSubject.Enterprise("深圳示例科技有限公司", UnifiedSocialCreditCode.Parse("91350100M000100Y43")),
            SubjectPublicKeyInfo = pki.Enterprise.Key.SubjectPublicKeyInfo,
        });
        Assert.Equal(SigningRefusal.WrongSignatureValue, await RefusalAsync(() => (prepared with { Certificate = renewed.Certificate }).CompleteAsync(draft, value)));
        Assert.Equal(SigningRefusal.WrongSignatureValue, await RefusalAsync(() => (prepared with { Certificate = other.Certificate }).CompleteAsync(draft, value)));
        foreach (ByteRange range in (ByteRange[])[prepared.ByteRange with { FirstLength = 5 }, prepared.ByteRange with { SecondLength = long.MaxValue }, prepared.ByteRange with { SecondStart = prepared.ByteRange.SecondStart + 2, SecondLength = prepared.ByteRange.SecondLength - 2 }])
        {
            Assert.Equal(SigningRefusal.PreparedDocumentChanged, await RefusalAsync(() => (prepared with { ByteRange = range }).CompleteAsync(draft, value)));
        }

        Assert.Equal(SigningRefusal.PreparedDocumentChanged, await RefusalAsync(() => (prepared with { Capacity = -1 }).CompleteAsync(draft, value)));
        Assert.Equal(before, draft.ToArray());
    }

    [Fact]
    public async Task A_container_made_elsewhere_completes_a_document_prepared_without_its_certificate()
    {
        TestPki pki = await TestPki.SharedAsync();
        var draft = new MemoryStream();
        PreparedDocument prepared = await PreparedDocument.PrepareAsync(new MemoryStream(TestDocuments.TwoPages()), draft, DigestAlgorithm.Sha256, options: new SignatureOptions
        {
            Seal = Official.Place(SealPlacement.At(1, 300, 300)),
            SignerName = "杭州样本软件有限公司",
        });
        PreparedDocument restored = PreparedDocument.FromJson(prepared.ToJson());
        Assert.Equal(prepared.ToJson(), restored.ToJson());

        byte[] container = await new SignedDataBuilder(pki.Enterprise.Certificate, pki.Enterprise.Issuers, pki.Enterprise.Key.Algorithm).SignAsync(pki.Enterprise.Key, restored.Digest);
        await restored.CompleteAsync(draft, container);
        string path = _folder.Write("signed.pdf", draft.ToArray());
        Assert.Empty(Witness.QpdfComplaints(path));
        Assert.True(Assert.Single(Witness.PdfSig(path)).IsValid);
        (byte[] covered, byte[] value, _) = Assert.Single(new SignedFile(draft.ToArray()).Signatures());
        Assert.Equal(container, value);
        Witness.OpenSslCms(value, covered, pki.Root.Certificate.ToPem(), _folder);
        Assert.Equal(SigningRefusal.PreparedDocumentChanged, await RefusalAsync(() => restored.CompleteAsync(draft, container)));
    }

    [Fact]
    public async Task A_container_by_openssl_needs_its_certificate_bound_and_fits_the_room()
    {
        TestPki pki = await TestPki.SharedAsync();
        byte[] Container(byte[] content, params string[] more)
        {
            string p12 = _folder.Write("e.p12", pki.Enterprise.ExportPkcs12("pw"));
            string pem = _folder.PathTo("e.pem");
            Assert.Equal(0, Tool.Run("openssl", "pkcs12", "-in", p12, "-nodes", "-passin", "pass:pw", "-out", pem).ExitCode);
            string output = _folder.PathTo("cms.der");
            Tool signed = Tool.Run("openssl", ["cms", "-sign", "-binary", "-in", _folder.Write("content", content), "-signer", pem, "-md", "sha256", "-outform", "DER", "-out", output, .. more]);
            Assert.True(signed.ExitCode == 0, signed.Error);
            return File.ReadAllBytes(output);
        }

        var draft = new MemoryStream();
        PreparedDocument prepared = await PreparedDocument.PrepareAsync(new MemoryStream(TestDocuments.TwoPages()), draft, DigestAlgorithm.Sha256, capacity: 4096);
        byte[] bytes = draft.ToArray();
        byte[] covered = [.. bytes.AsSpan(0, (int)prepared.ByteRange.FirstLength), .. bytes.AsSpan((int)prepared.ByteRange.SecondStart)];
        Assert.Equal(SigningRefusal.WrongSignatureValue, await RefusalAsync(() => prepared.CompleteAsync(draft, Container(covered))));
        Assert.Equal(SigningRefusal.WrongSignatureValue, await RefusalAsync(() => prepared.CompleteAsync(draft, Container("another"u8.ToArray(), "-cades"))));
        Assert.Equal(SigningRefusal.WrongSignatureValue, await RefusalAsync(() => prepared.CompleteAsync(draft, Container(covered, "-cades", "-nodetach"))));
        Assert.Equal(SigningRefusal.WrongSignatureValue, await RefusalAsync(() => prepared.CompleteAsync(draft, "junk"u8.ToArray())));
        byte[] fitting = Container(covered, "-cades");
        Assert.Equal(SigningRefusal.PreparedDocumentChanged, await RefusalAsync(() => (prepared with { Capacity = fitting.Length - 1 }).CompleteAsync(draft, fitting)));
        Assert.Equal(bytes, draft.ToArray());
        await prepared.CompleteAsync(draft, fitting);
        Assert.True(Assert.Single(Witness.PdfSig(_folder.Write("signed.pdf", draft.ToArray()))).IsValid);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"version\":2}")]
    [InlineData("{\"version\":1,\"byteRange\":[0,5,3,9]}")]
    public void JSON_that_is_no_prepared_signature_is_a_format_error(string json)
    {
        Assert.Throws<FormatException>(() => PreparedSignature.FromJson(json));
        Assert.Throws<FormatException>(() => PreparedDocument.FromJson(json));
    }

    private static DeferredPdfSigner Signer(SigningCredential credential) => new(credential.Certificate, credential.Issuers, credential.Key.Algorithm);

    private static async Task<SigningRefusal> RefusalAsync(Func<Task> completion) => (await Assert.ThrowsAsync<SigningRefusedException>(completion)).Code;
}
