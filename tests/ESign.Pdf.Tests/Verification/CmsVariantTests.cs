using System.Formats.Asn1;
using System.Security.Cryptography;
using ESign.Pdf.Reporting;
using ESign.Pdf.Verification;
using ESign.Pki.Validation;

namespace ESign.Pdf.Tests.Verification;

/// <summary>CMS as programs write it and as nobody should (RFC 5652, RFC 5035, RFC 4055, ISO 32000-2 §12.8.3): what each comes to.</summary>
public class CmsVariantTests
{
    private const string Passed = nameof(SubIndication.None);
    private static readonly byte[] s_garbage = [0x30, 0x03, 0x02, 0x01, 0x00];
    private static readonly Lazy<HandmadeSigner> s_rsa = new(static () => HandmadeSigner.Rsa());
    private static readonly Dictionary<string, (Func<HandmadeSigner> Signer, Func<HandmadeCms, byte[], HandmadeCms> Change)> s_cases = new(StringComparer.Ordinal)
    {
        ["nothing wrong"] = Rsa(static (cms, _) => cms),
        ["signer by key identifier"] = Rsa(static (cms, _) => cms with { NamesTheKey = true }),
        ["indefinite lengths"] = Rsa(static (cms, _) => cms with { IsIndefinite = true }),
        ["attributes out of order, signed as written"] = Rsa(static (cms, _) => cms with { Attributes = [.. cms.Attributes.Reverse()] }),
        ["attributes out of order, signed in order"] = Rsa(static (cms, _) => cms with { Attributes = [.. cms.Attributes.Reverse()], SignsSorted = true }),
        ["an attribute certificate beside the signer's"] = Rsa(static (cms, _) => cms with { OtherCertificates = [[0xA2, 0x03, 0x02, 0x01, 0x00]] }),
        ["a countersignature that cannot be read"] = Rsa(static (cms, _) => Unsigned(cms, "1.2.840.113549.1.9.6")),
        ["an archive timestamp that cannot be read"] = Rsa(static (cms, _) => Unsigned(cms, "0.4.0.1733.2.4")),
        ["a signature timestamp that cannot be read"] = Rsa(static (cms, _) => Unsigned(cms, "1.2.840.113549.1.9.16.2.14")),
        ["archived revocation that cannot be read"] = Rsa(static (cms, _) => With(cms, "1.2.840.113583.1.1.8", s_garbage)),
        ["a content timestamp that cannot be read"] = Rsa(static (cms, _) => With(cms, "1.2.840.113549.1.9.16.2.20", s_garbage)),

        ["no content type"] = Rsa(static (cms, _) => Without(cms, HandmadeCms.ContentTypeAttribute)),
        ["another content type"] = Rsa(static (cms, _) => Instead(cms, HandmadeCms.ContentTypeAttribute, HandmadeCms.ObjectIdentifier("1.2.3"))),
        ["content type twice"] = Rsa(static (cms, _) => With(cms, HandmadeCms.ContentTypeAttribute, HandmadeCms.ObjectIdentifier(HandmadeCms.Data))),
        ["no message digest"] = Rsa(static (cms, _) => Without(cms, HandmadeCms.MessageDigestAttribute)),
        ["another message digest"] = Rsa(static (cms, _) => Instead(cms, HandmadeCms.MessageDigestAttribute, HandmadeCms.OctetString(new byte[32]))),
        ["message digest twice"] = Rsa(static (cms, content) => With(cms, HandmadeCms.MessageDigestAttribute, HandmadeCms.OctetString(SHA256.HashData(content)))),
        ["two values of the message digest"] = Rsa(static (cms, content) => Instead(cms, HandmadeCms.MessageDigestAttribute, HandmadeCms.OctetString(SHA256.HashData(content)), HandmadeCms.OctetString(new byte[32]))),
        ["no attributes at all"] = Rsa(static (cms, _) => cms with { Attributes = [] }),

        ["no signing certificate"] = Rsa(static (cms, _) => Without(cms, HandmadeCms.SigningCertificateV2)),
        ["signing certificate version 1"] = Rsa(static (cms, _) => Version1(cms, SHA1.HashData(cms.Signer.RawData))),
        ["signing certificate version 1 of another"] = Rsa(static (cms, _) => Version1(cms, new byte[20])),
        ["version 2 with its default written out"] = Rsa(static (cms, _) => Bound(cms, SHA256.HashData(cms.Signer.RawData), HandmadeCms.Sha256)),
        ["version 2 with SHA-512"] = Rsa(static (cms, _) => Bound(cms, SHA512.HashData(cms.Signer.RawData), HandmadeCms.Sha512)),
        ["version 2 with SHA-512 under the default"] = Rsa(static (cms, _) => Bound(cms, SHA512.HashData(cms.Signer.RawData), null)),
        ["version 2 with an unknown digest"] = Rsa(static (cms, _) => Bound(cms, new byte[32], "1.2.3.4")),
        ["version 2 twice"] = Rsa(static (cms, _) => With(cms, HandmadeCms.SigningCertificateV2, HandmadeCms.Ess(SHA256.HashData(cms.Signer.RawData)))),
        ["version 2 of the signer and version 1 of another"] = Rsa(static (cms, _) => With(cms, HandmadeCms.SigningCertificate, HandmadeCms.Ess(new byte[20]))),
        ["versions 1 and 2 of the signer"] = Rsa(static (cms, _) => With(cms, HandmadeCms.SigningCertificate, HandmadeCms.Ess(SHA1.HashData(cms.Signer.RawData)))),

        ["PSS, SHA-256, salt of 32"] = (static () => HandmadeSigner.RsaPss(Pss(HandmadeCms.Sha256, HandmadeCms.Sha256, 32)), static (cms, _) => cms),
        ["PSS, salt of another length"] = (static () => HandmadeSigner.RsaPss(Pss(HandmadeCms.Sha256, HandmadeCms.Sha256, 20)), static (cms, _) => cms),
        ["PSS, mask with another digest"] = (static () => HandmadeSigner.RsaPss(Pss(HandmadeCms.Sha256, HandmadeCms.Sha1, 32)), static (cms, _) => cms),
        ["PSS, another digest than the attributes'"] = (static () => HandmadeSigner.RsaPss(Pss(HandmadeCms.Sha512, HandmadeCms.Sha512, 32)), static (cms, _) => cms),
        ["PSS without parameters"] = (static () => HandmadeSigner.RsaPss(HandmadeCms.Identifier("1.2.840.113549.1.1.10")), static (cms, _) => cms),
        ["PSS, a trailer field of 2"] = (static () => HandmadeSigner.RsaPss(Pss(HandmadeCms.Sha256, HandmadeCms.Sha256, 32, trailer: 2)), static (cms, _) => cms),
        ["RSA of 1024 bits"] = (static () => HandmadeSigner.Rsa(size: 1024), static (cms, _) => cms),
        ["RSA of 512 bits"] = (static () => HandmadeSigner.Rsa(size: 512), static (cms, _) => cms),
        ["the key type for the signature algorithm"] = (static () => HandmadeSigner.Rsa("1.2.840.113549.1.1.1"), static (cms, _) => cms),
        ["another signature algorithm than was used"] = (static () => HandmadeSigner.Rsa("1.2.840.113549.1.1.13"), static (cms, _) => cms),
        ["MD5"] = (static () => HandmadeSigner.Rsa("1.2.840.113549.1.1.4", HashAlgorithmName.MD5), static (cms, content) => Digested(cms, "1.2.840.113549.2.5", MD5.HashData(content))),
        ["SHA-1"] = (static () => HandmadeSigner.Rsa("1.2.840.113549.1.1.5", HashAlgorithmName.SHA1), static (cms, content) => Digested(cms, HandmadeCms.Sha1, SHA1.HashData(content))),
        ["a digest nobody knows"] = Rsa(static (cms, _) => cms with { DigestOid = "1.2.3.4" }),
        ["a signature algorithm nobody knows"] = (static () => HandmadeSigner.Rsa("1.2.3.4"), static (cms, _) => cms),
        ["DSA"] = (static () => HandmadeSigner.Dsa(), static (cms, _) => cms),
        ["ECDSA"] = (static () => HandmadeSigner.Ecdsa(ECCurve.NamedCurves.nistP256), static (cms, _) => cms),
        ["ECDSA on a short curve"] = (static () => HandmadeSigner.Ecdsa(ECCurve.NamedCurves.brainpoolP224r1), static (cms, _) => cms),
        ["ECDSA on a curve of its own parameters"] = (static () => HandmadeSigner.Ecdsa(ECCurve.NamedCurves.nistP256, isExplicit: true), static (cms, _) => cms),
        ["ECDSA with a value that is none"] = (static () => HandmadeSigner.Ecdsa(ECCurve.NamedCurves.nistP256) with { Sign = static _ => s_garbage }, static (cms, _) => cms),
        ["an empty value"] = (static () => s_rsa.Value with { Sign = static _ => [] }, static (cms, _) => cms),
        ["content enclosed"] = Rsa(static (cms, content) => cms with { Enclosed = content }),
        ["empty content enclosed"] = Rsa(static (cms, _) => cms with { Enclosed = [] }),
    };

    [Theory]
    [InlineData("nothing wrong", Passed)]
    [InlineData("signer by key identifier", Passed)]
    [InlineData("indefinite lengths", Passed)]
    [InlineData("attributes out of order, signed as written", Passed)]
    [InlineData("attributes out of order, signed in order", Passed)]
    [InlineData("an attribute certificate beside the signer's", Passed)]
    [InlineData("a countersignature that cannot be read", Passed)]
    [InlineData("an archive timestamp that cannot be read", Passed)]
    [InlineData("a signature timestamp that cannot be read", Passed)]
    [InlineData("archived revocation that cannot be read", Passed)]
    [InlineData("a content timestamp that cannot be read", Passed)]
    [InlineData("no content type", nameof(SubIndication.SigConstraintsFailure))]
    [InlineData("another content type", nameof(SubIndication.FormatFailure))]
    [InlineData("content type twice", nameof(SubIndication.FormatFailure))]
    [InlineData("no message digest", nameof(SubIndication.FormatFailure))]
    [InlineData("another message digest", nameof(SubIndication.HashFailure))]
    [InlineData("message digest twice", nameof(SubIndication.FormatFailure))]
    [InlineData("two values of the message digest", nameof(SubIndication.FormatFailure))]
    [InlineData("no attributes at all", nameof(SubIndication.SigConstraintsFailure))]
    [InlineData("no signing certificate", nameof(SubIndication.SigConstraintsFailure))]
    [InlineData("signing certificate version 1", Passed)]
    [InlineData("signing certificate version 1 of another", nameof(SubIndication.NoSigningCertificateFound))]
    [InlineData("version 2 with its default written out", Passed)]
    [InlineData("version 2 with SHA-512", Passed)]
    [InlineData("version 2 with SHA-512 under the default", nameof(SubIndication.NoSigningCertificateFound))]
    [InlineData("version 2 with an unknown digest", nameof(SubIndication.CryptoConstraintsFailure))]
    [InlineData("version 2 twice", nameof(SubIndication.NoSigningCertificateFound))]
    [InlineData("version 2 of the signer and version 1 of another", nameof(SubIndication.NoSigningCertificateFound))]
    [InlineData("versions 1 and 2 of the signer", Passed)]
    [InlineData("PSS, SHA-256, salt of 32", Passed)]
    [InlineData("PSS, salt of another length", nameof(SubIndication.SigCryptoFailure))]
    [InlineData("PSS, mask with another digest", nameof(SubIndication.SigCryptoFailure))]
    [InlineData("PSS, another digest than the attributes'", nameof(SubIndication.SigCryptoFailure))]
    [InlineData("PSS without parameters", nameof(SubIndication.SigCryptoFailure))]
    [InlineData("PSS, a trailer field of 2", nameof(SubIndication.SigCryptoFailure))]
    [InlineData("RSA of 1024 bits", nameof(SubIndication.CryptoConstraintsFailureNoPoe))]
    [InlineData("RSA of 512 bits", nameof(SubIndication.CryptoConstraintsFailureNoPoe))]
    [InlineData("the key type for the signature algorithm", Passed)]
    [InlineData("another signature algorithm than was used", nameof(SubIndication.SigCryptoFailure))]
    [InlineData("MD5", nameof(SubIndication.CryptoConstraintsFailureNoPoe))]
    [InlineData("SHA-1", nameof(SubIndication.CryptoConstraintsFailureNoPoe))]
    [InlineData("a digest nobody knows", nameof(SubIndication.CryptoConstraintsFailure))]
    [InlineData("a signature algorithm nobody knows", nameof(SubIndication.CryptoConstraintsFailure))]
    [InlineData("DSA", nameof(SubIndication.CryptoConstraintsFailure))]
    [InlineData("ECDSA", Passed)]
    [InlineData("ECDSA on a short curve", nameof(SubIndication.CryptoConstraintsFailureNoPoe))]
    [InlineData("ECDSA on a curve of its own parameters", nameof(SubIndication.CryptoConstraintsFailure))]
    [InlineData("ECDSA with a value that is none", nameof(SubIndication.SigCryptoFailure))]
    [InlineData("an empty value", nameof(SubIndication.SigCryptoFailure))]
    [InlineData("content enclosed", nameof(SubIndication.FormatFailure))]
    [InlineData("empty content enclosed", nameof(SubIndication.FormatFailure))]
    public async Task Each_gets_what_it_deserves(string variant, string expected)
    {
        (Func<HandmadeSigner> make, Func<HandmadeCms, byte[], HandmadeCms> change) = s_cases[variant];
        HandmadeSigner signer = make();
        VerificationResult result = await VerifyAsync(new HandmadePdf().Build(content => change(signer.Value(content), content).Encode(content)), signer);
        SignatureVerdict verdict = Assert.Single(result.Signatures);
        Assert.True(expected == verdict.SubIndication.ToString(), LevelTests.Explain(result));
        Assert.Equal(expected == Passed, verdict.Indication == Indication.Passed);
        Assert.Equal("Handmade Signer", verdict.Certificate?.Subject.CommonName);
    }

    /// <summary>ISO 32000-2 §12.8.3.2: the enclosed content is the SHA-1 digest, and it is what is signed.</summary>
    [Theory]
    [InlineData(false, nameof(SubIndication.CryptoConstraintsFailureNoPoe))]
    [InlineData(true, nameof(SubIndication.HashFailure))]
    public async Task Of_adbe_pkcs7_sha1_the_enclosed_digest_counts(bool isAnother, string expected)
    {
        HandmadeSigner signer = HandmadeSigner.Rsa("1.2.840.113549.1.1.5", HashAlgorithmName.SHA1);
        byte[] file = Under("adbe.pkcs7.sha1").Build(content =>
        {
            byte[] digest = isAnother ? new byte[20] : SHA1.HashData(content);
            return (Digested(signer.Value(content), HandmadeCms.Sha1, SHA1.HashData(digest)) with { Enclosed = digest }).Encode(content);
        });
        VerificationResult result = await VerifyAsync(file, signer);
        Assert.True(expected == result.Signatures[0].SubIndication.ToString(), LevelTests.Explain(result));
        Assert.Equal(!isAnother, result.Signatures[0].DigestIntact);
    }

    /// <summary>The name announces what is there (table 256): another structure is no signature of that kind, an unknown name is no missing signature.</summary>
    [Theory]
    [InlineData("adbe.pkcs7.detached", Passed)]
    [InlineData("adbe.pkcs7.sha1", nameof(SubIndication.FormatFailure))]
    [InlineData("adbe.x509.rsa_sha1", nameof(SubIndication.FormatFailure))]
    [InlineData("ETSI.RFC3161", nameof(SubIndication.FormatFailure))]
    [InlineData("Some.Other", nameof(SubIndication.SigConstraintsFailure))]
    public async Task A_detached_signature_under_another_name(string subFilter, string expected)
    {
        HandmadeSigner signer = s_rsa.Value;
        VerificationResult result = await VerifyAsync(Under(subFilter).Build(content => signer.Value(content).Encode(content)), signer);
        Assert.True(expected == Assert.Single(result.Signatures).SubIndication.ToString(), LevelTests.Explain(result));
    }

    /// <summary>§12.8.3.2: an OCTET STRING, and the certificate in /Cert.</summary>
    [Theory]
    [InlineData(false, nameof(SubIndication.CryptoConstraintsFailureNoPoe))]
    [InlineData(true, nameof(SubIndication.HashFailure))]
    public async Task A_bare_RSA_value_covers_the_file(bool isAnother, string expected)
    {
        HandmadeSigner signer = HandmadeSigner.Rsa("1.2.840.113549.1.1.5", HashAlgorithmName.SHA1);
        HandmadePdf form = Under("adbe.x509.rsa_sha1");
        form = form with { Signature = form.Signature.Replace("/ByteRange", $"/Cert<{Convert.ToHexString(signer.Certificate.RawData)}>/ByteRange", StringComparison.Ordinal) };
        VerificationResult result = await VerifyAsync(form.Build(content => HandmadeCms.OctetString(signer.Sign(isAnother ? [1, 2, 3] : content))), signer);
        Assert.True(expected == result.Signatures[0].SubIndication.ToString(), LevelTests.Explain(result));
        Assert.Equal("Handmade Signer", result.Signatures[0].Certificate?.Subject.CommonName);
    }

    internal static async Task<VerificationResult> VerifyAsync(byte[] file, HandmadeSigner signer)
    {
        var policy = new VerificationPolicy
        {
            TrustAnchors = new TrustAnchors([signer.Root]),
            UnknownRevocation = UnknownRevocation.Off,
            Clock = new MovableClock(SignedFixture.Start.AddDays(2)),
        };
        VerificationResult result = await new PdfVerifier(policy).VerifyAsync(new MemoryStream(file), TestContext.Current.CancellationToken);
        Reporting.JsonReportTests.AssertFollows(new JsonReport(ReportLanguage.English).Write("a.pdf", result));
        return result;
    }

    private static HandmadePdf Under(string subFilter)
    {
        var form = new HandmadePdf();
        return form with { Signature = form.Signature.Replace("ETSI.CAdES.detached", subFilter, StringComparison.Ordinal) };
    }

    private static (Func<HandmadeSigner>, Func<HandmadeCms, byte[], HandmadeCms>) Rsa(Func<HandmadeCms, byte[], HandmadeCms> change) => (static () => s_rsa.Value, change);

    private static HandmadeCms Unsigned(HandmadeCms cms, string oid) => cms with { Unsigned = [(oid, s_garbage)] };

    private static HandmadeCms With(HandmadeCms cms, string oid, byte[] value) => cms with { Attributes = [.. cms.Attributes, (oid, [value])] };

    private static HandmadeCms Without(HandmadeCms cms, string oid) => cms with { Attributes = [.. cms.Attributes.Where(attribute => attribute.Oid != oid)] };

    private static HandmadeCms Instead(HandmadeCms cms, string oid, params byte[][] values) =>
        cms with { Attributes = [.. cms.Attributes.Select(attribute => attribute.Oid == oid ? (oid, values) : attribute)] };

    private static HandmadeCms Version1(HandmadeCms cms, byte[] hash) => With(Without(cms, HandmadeCms.SigningCertificateV2), HandmadeCms.SigningCertificate, HandmadeCms.Ess(hash));

    private static HandmadeCms Bound(HandmadeCms cms, byte[] hash, string? digestOid) => Instead(cms, HandmadeCms.SigningCertificateV2, HandmadeCms.Ess(hash, digestOid));

    private static HandmadeCms Digested(HandmadeCms cms, string oid, byte[] digest) => Instead(cms with { DigestOid = oid }, HandmadeCms.MessageDigestAttribute, HandmadeCms.OctetString(digest));

    // RFC 4055 §3.1: RSASSA-PSS-params ::= SEQUENCE { hashAlgorithm [0], maskGenAlgorithm [1], saltLength [2], trailerField [3] }, all EXPLICIT
    private static byte[] Pss(string digest, string mask, int salt, int? trailer = null)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            Tagged(writer, 0, () => writer.WriteEncodedValue(HandmadeCms.Identifier(digest, [5, 0])));
            Tagged(writer, 1, () => writer.WriteEncodedValue(HandmadeCms.Identifier("1.2.840.113549.1.1.8", HandmadeCms.Identifier(mask, [5, 0]))));
            Tagged(writer, 2, () => writer.WriteInteger(salt));
            if (trailer is { } number)
            {
                Tagged(writer, 3, () => writer.WriteInteger(number));
            }
        }

        return HandmadeCms.Identifier("1.2.840.113549.1.1.10", writer.Encode());
    }

    private static void Tagged(AsnWriter writer, int number, Action write)
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, number)))
        {
            write();
        }
    }
}
