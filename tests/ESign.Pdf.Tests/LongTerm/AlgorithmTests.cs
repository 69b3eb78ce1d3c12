using System.Collections.Concurrent;
using System.Text;
using ESign.Pdf.Signing;
using ESign.Pdf.Tests.Signing;
using ESign.Pdf.Verification;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Pki.Validation;
using ESign.Testing;

namespace ESign.Pdf.Tests.LongTerm;

/// <summary>Every level with every kind of key, each judged by programs that know the algorithm.</summary>
public sealed class AlgorithmTests : IDisposable
{
    private static readonly ConcurrentDictionary<string, Task<SigningCredential>> s_credentials = new(StringComparer.Ordinal);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> LevelsAndAlgorithms()
    {
        var rows = new TheoryData<string, string>();
        string[] atEveryLevel = ["RSA-PKCS1-SHA256", "RSA-PSS-SHA256", "ECDSA-P256-SHA256", "ECDSA-P384-SHA384", "SM2-SM3"];
        foreach (string algorithm in atEveryLevel)
        {
            foreach (string level in (string[])["B-B", "B-T", "B-LT", "B-LTA"])
            {
                rows.Add(algorithm, level);
            }
        }

        foreach (string algorithm in SignatureAlgorithm.All.Select(known => known.Name).Except(atEveryLevel))
        {
            rows.Add(algorithm, "B-T");
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(LevelsAndAlgorithms))]
    public async Task Signed_and_accepted(string algorithmName, string levelName)
    {
        TestPki pki = await TestPki.SharedAsync();
        SigningCredential credential = await s_credentials.GetOrAdd(algorithmName, name => CreateAsync(pki, name));
        var output = new MemoryStream();
        SignatureReceipt receipt = await new PdfSigner(credential).SignAsync(new MemoryStream(TestDocuments.TwoPages()), output, new SignatureOptions { Level = await LevelAsync(levelName, pki) });
        var file = new SignedFile(output.ToArray());
        string path = _folder.Write("signed.pdf", file.Bytes);

        Assert.Equal(levelName, receipt.Level);
        Assert.Equal(algorithmName, receipt.Algorithm.Name);
        Assert.Empty(Witness.QpdfComplaints(path));
        Assert.Equal((levelName == "B-B" ? 0 : 1, levelName == "B-LTA" ? 1 : 0), file.CheckTimestamps(pki, _folder));
        Witness.PdfSigEntry seen = Witness.PdfSig(path)[0];
        Assert.Equal(levelName is "B-B" or "B-T", seen.CoversTotalDocument);
        (byte[] covered, byte[] value, _) = file.Signatures()[0];
        if (receipt.Algorithm.Scheme == SignatureScheme.Sm2)
        {
            Assert.Contains("/SubFilter/adbe.pkcs7.detached", Encoding.Latin1.GetString(file.Bytes), StringComparison.Ordinal);
            OpenSslSm2(value, covered, credential.Certificate);
            return;
        }

        Assert.Contains("/SubFilter/ETSI.CAdES.detached", Encoding.Latin1.GetString(file.Bytes), StringComparison.Ordinal);
        Witness.OpenSslCms(value, covered, credential.Issuers[^1].ToPem(), _folder);
        if (!algorithmName.Contains("SHA3", StringComparison.Ordinal) && !algorithmName.Contains("BRAINPOOL", StringComparison.Ordinal))
        {
            Assert.True(seen.IsValid, seen.Text);
        }
    }

    /// <summary><c>openssl cms</c> takes no SM2 user id and checks with the empty one, under which documents are signed on demand.</summary>
    [Theory]
    [InlineData("B-B")]
    [InlineData("B-T")]
    [InlineData("B-LT")]
    [InlineData("B-LTA")]
    public async Task SM2_under_the_empty_user_id_is_accepted_by_openssl_cms(string levelName)
    {
        TestPki pki = await TestPki.SharedAsync();
        SigningCredential credential = await pki.EnterpriseAsync("杭州样本软件有限公司", "91330100MA0000349D", SignatureAlgorithm.Sm2Sm3EmptyUserId);
        var output = new MemoryStream();
        await new PdfSigner(credential).SignAsync(new MemoryStream(TestDocuments.TwoPages()), output, new SignatureOptions { Level = await LevelAsync(levelName, pki) }, TestContext.Current.CancellationToken);
        var file = new SignedFile(output.ToArray());

        (byte[] covered, byte[] value, _) = file.Signatures()[0];
        Witness.OpenSslCms(value, covered, pki.Root.Certificate.ToPem(), _folder);
        Assert.Equal((levelName == "B-B" ? 0 : 1, levelName == "B-LTA" ? 1 : 0), file.CheckTimestamps(pki, _folder));
        Assert.Equal(levelName is "B-B" or "B-T", Witness.PdfSig(_folder.Write("signed.pdf", file.Bytes))[0].CoversTotalDocument);

        var policy = new VerificationPolicy { TrustAnchors = new TrustAnchors([pki.Root.Certificate]), UnknownRevocation = UnknownRevocation.Off };
        VerificationResult result = await new PdfVerifier(policy).VerifyAsync(output, TestContext.Current.CancellationToken);
        Assert.Equal(DocumentVerdict.Valid, result.Verdict);
        Assert.Contains(result.Signatures[0].Checks, check => check is { Rule: CheckRule.SignatureValue, Outcome: CheckOutcome.Warning });
    }

    /// <summary>Our authority issues for no brainpool key: the platform's builder makes that certificate.</summary>
    private static Task<SigningCredential> CreateAsync(TestPki pki, string algorithm) => algorithm.Contains("BRAINPOOL", StringComparison.Ordinal)
        ? Task.FromResult(TestSigner.Shared(SignatureAlgorithm.FromName(algorithm)!).Credential)
        : pki.EnterpriseAsync("杭州样本软件有限公司", "91330100MA0000349D", SignatureAlgorithm.FromName(algorithm));

    private static async Task<PadesLevel> LevelAsync(string name, TestPki pki) => name switch
    {
        "B-B" => PadesLevel.B,
        "B-T" => PadesLevel.T(pki.Timestamps),
        "B-LT" => PadesLevel.LT(pki.Timestamps, await TestRevocation.ListsAsync(pki)),
        _ => PadesLevel.LTA(pki.Timestamps, await TestRevocation.ListsAsync(pki)),
    };

    /// <summary>GM/T 0009: the signature is over the signed attributes with the default identity; the message digest is plain SM3.</summary>
    private void OpenSslSm2(byte[] cms, byte[] covered, Certificate certificate)
    {
        SignerInfo signer = SignedData.Decode(cms).SignerInfos[0];
        Tool digest = Tool.Run("openssl", "dgst", "-sm3", "-r", _folder.Write("covered.bin", covered));
        ReadOnlyMemory<byte> messageDigest = signer.FindSignedAttribute(Pki.Asn1.Oids.MessageDigest)!.Values[0];
        Assert.Equal(digest.Output.Split(' ')[0], Convert.ToHexStringLower(messageDigest.Span[2..]));
        string key = _folder.Write("key.pem", Encoding.ASCII.GetBytes($"-----BEGIN PUBLIC KEY-----\n{Convert.ToBase64String(certificate.SubjectPublicKeyInfo.Span, Base64FormattingOptions.InsertLineBreaks)}\n-----END PUBLIC KEY-----\n"));
        Tool verified = Tool.Run(
            "openssl", "dgst", "-sm3", "-verify", key, "-sigopt", "distid:1234567812345678",
            "-signature", _folder.Write("value.der", signer.Signature.ToArray()), _folder.Write("attributes.der", SignedAttributes(cms)));
        Assert.True(verified.Output.Contains("Verified OK", StringComparison.Ordinal), verified.Output + verified.Error);
    }

    /// <summary>The signed attributes with the tag they are signed under, SET OF (RFC 5652 §5.4), found by the structure alone.</summary>
    private static byte[] SignedAttributes(byte[] cms)
    {
        var reader = new System.Formats.Asn1.AsnReader(cms, System.Formats.Asn1.AsnEncodingRules.BER).ReadSequence();
        reader.ReadObjectIdentifier();
        System.Formats.Asn1.AsnReader data = reader.ReadSequence(new(System.Formats.Asn1.TagClass.ContextSpecific, 0)).ReadSequence();
        data.ReadInteger();
        data.ReadEncodedValue();
        data.ReadEncodedValue();
        data.ReadEncodedValue(); // certificates
        System.Formats.Asn1.AsnReader signer = data.ReadSetOf().ReadSequence();
        signer.ReadInteger();
        signer.ReadEncodedValue();
        signer.ReadEncodedValue();
        byte[] attributes = signer.ReadEncodedValue().ToArray();
        attributes[0] = 0x31;
        return attributes;
    }
}
