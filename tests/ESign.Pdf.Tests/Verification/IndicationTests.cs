using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ESign.Pdf.LongTerm;
using ESign.Pdf.Verification;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;
using ESign.Pki.Validation;
using ESign.Testing;

namespace ESign.Pdf.Tests.Verification;

/// <summary>ETSI EN 319 102-1 §5.1.3, tables 5 and 6: every indication and sub-indication, each with a document that deserves it.</summary>
/// <remarks>
/// Not among them: SIGNED_DATA_NOT_FOUND (a PDF encloses what it signs) and NO_POE, which the building blocks turn into the
/// sub-indication that says what lacks a proof.
/// </remarks>
public class IndicationTests
{
    private static readonly TimeSpan s_year = TimeSpan.FromDays(366);
    private static readonly Dictionary<string, Func<Task<SignatureVerdict>>> s_cases = new(StringComparer.Ordinal)
    {
        ["a trusted signature"] = static async () => await With(static fixture => fixture.SignAsync()),
        ["a foreign signature in good order"] = static () => Foreign(static (signature, signer) => signature.Sign(signer)),

        ["no byte range"] = static async () => await With(static async fixture => Replace(await fixture.SignAsync(), "/ByteRange", "/ByteRangf")),
        ["two signers in one value"] = static () => Foreign(static (signature, signer) => signature.Sign(signer, edit: cms => cms.ComputeSignature(ForeignSignature.Signer(signer, HashAlgorithmName.SHA384)))),
        ["no signer in the value"] = static () => Foreign(static (signature, signer) => signature.Sign(signer, edit: static cms => cms.RemoveSignature(0))),
        ["the document enclosed in the value"] = static () => Foreign(static (signature, signer) => signature.Sign(signer, detached: false)),
        ["another document enclosed in the value"] = static () => Foreign(static (signature, signer) => signature.Sign(signer, content: "other"u8.ToArray(), detached: false)),
        ["a content type that is not data"] = static () => Foreign(static (signature, signer) => signature.Sign(signer, contentType: new Oid("1.2.3.4"))),
        ["a forbidden change"] = static async () => await With(static async fixture => Append(await fixture.SignAsync())),

        ["a covered byte changed"] = static async () => await With(static async fixture => Replace(await fixture.SignAsync(), "Page 1 of", "Page 7 of")),
        ["another document signed"] = static () => Foreign(static (signature, signer) => signature.Sign(signer, content: "other"u8.ToArray())),
        ["the signature value changed"] = static () => Foreign(static (signature, signer) => Flip(signature.Sign(signer))),
        ["a certificate of the same name and serial number with another key"] = static () => Foreign(static (signature, signer) =>
        {
            (X509Certificate2 other, _) = ForeignSignature.Issue(SignedFixture.Start, SignedFixture.Start + s_year, keys: "another");
            return signature.Sign(signer, bound: other, edit: cms =>
            {
                cms.RemoveCertificate(signer);
                cms.AddCertificate(other);
            });
        }),

        ["revoked, and proven not to be older than that"] = static () => RevokedThenSigned(contentTimestamp: true),
        ["expired, and proven not to be older than that"] = static () => ExpiredThenSigned(),
        ["signed before the certificate began"] = static () => Foreign(static (signature, signer) => signature.Sign(signer), from: SignedFixture.Start + s_year, isTimestamped: true),

        ["no signing-certificate attribute"] = static () => Foreign(static (signature, signer) => signature.Sign(signer, isBound: false)),
        ["a key that may not sign"] = static () => Foreign(static (signature, signer) => signature.Sign(signer), usage: X509KeyUsageFlags.KeyEncipherment),
        ["no revocation information"] = static async () => await With(static fixture => fixture.SignAsync(), static fixture => fixture.Policy(online: false)),
        ["an RSA key too short at any time"] = static () => Foreign(static (signature, signer) => signature.Sign(signer), keySize: 768),
        ["SHA-1, and proven to be younger than its last day"] = static () => Foreign(static (signature, signer) => signature.Sign(signer, digest: HashAlgorithmName.SHA1), contentTimestamp: true),
        ["SHA-1 without a proof of age"] = static () => Foreign(static (signature, signer) => signature.Sign(signer, digest: HashAlgorithmName.SHA1)),
        ["an RSA key of 1024 bits without a proof of age"] = static () => Foreign(static (signature, signer) => signature.Sign(signer), keySize: 1024),

        ["a policy attribute that cannot be read"] = static () => Foreign(static (signature, signer) => signature.Sign(signer, attributes: [new AsnEncodedData("1.2.840.113549.1.9.16.2.15", [0x04, 0x01, 0x00])])),
        ["a policy that is not at hand"] = static () => Foreign(static (signature, signer) => signature.Sign(signer, attributes: [Policy("the policy"u8)]), policies: ["another policy"]),
        ["a policy that is at hand"] = static () => Foreign(static (signature, signer) => signature.Sign(signer, attributes: [Policy("the policy"u8)]), policies: ["another policy", "the policy"]),
        ["a content timestamp later than the signature's"] = static () => Foreign(static (signature, signer) => signature.Sign(signer), contentTimestamp: true, isTimestamped: true, isReversed: true),

        ["no certificate of the signer"] = static () => Foreign(static (signature, signer) => signature.Sign(signer, edit: cms => cms.RemoveCertificate(signer))),
        ["another certificate bound"] = static () => Foreign(static (signature, signer) => signature.Sign(signer, bound: ForeignSignature.Issue(SignedFixture.Start, SignedFixture.Start + s_year, name: "Other").Certificate)),
        ["an unknown root"] = static async () => await With(static fixture => fixture.SignAsync(), static fixture => new VerificationPolicy { Clock = fixture.Clock }),
        ["a root past its sunset date"] = static async () => await With(static fixture => fixture.SignAsync(), static fixture => Sunset(fixture, SignedFixture.Start)),
        ["a root before its sunset date"] = static async () => await With(static fixture => fixture.SignAsync(), static fixture => Sunset(fixture, SignedFixture.Start + s_year)),

        ["revoked without a proof of age"] = static () => RevokedThenSigned(contentTimestamp: false),
        ["the issuing authority revoked"] = static () => AuthorityRevoked(),
        ["expired, nothing known of revocation"] = static async () => await With(static fixture => fixture.SignAsync(), static fixture => ForeignSignature.Trusting(fixture), later: 2 * s_year),
        ["expired, and not revoked"] = static async () => await With(static fixture => fixture.SignAsync(fixture.T), static fixture => fixture.Policy() with { TimestampAnchors = TrustAnchors.None }, later: 300 * TimeSpan.FromDays(1) + s_year),
        ["evidence whose signer expired"] = static () => EvidenceExpired(),
        ["on hold"] = static () => OnHold(),
    };

    [Theory]
    [InlineData("a trusted signature", Indication.Passed, SubIndication.None)]
    [InlineData("a foreign signature in good order", Indication.Passed, SubIndication.None)]
    [InlineData("a policy that is at hand", Indication.Passed, SubIndication.None)]
    [InlineData("a root before its sunset date", Indication.Passed, SubIndication.None)]
    [InlineData("no byte range", Indication.Failed, SubIndication.FormatFailure)]
    [InlineData("two signers in one value", Indication.Failed, SubIndication.FormatFailure)]
    [InlineData("no signer in the value", Indication.Failed, SubIndication.FormatFailure)]
    [InlineData("the document enclosed in the value", Indication.Failed, SubIndication.FormatFailure)]
    [InlineData("another document enclosed in the value", Indication.Failed, SubIndication.FormatFailure)]
    [InlineData("a content type that is not data", Indication.Indeterminate, SubIndication.SigConstraintsFailure)]
    [InlineData("a forbidden change", Indication.Failed, SubIndication.FormatFailure)]
    [InlineData("a covered byte changed", Indication.Failed, SubIndication.HashFailure)]
    [InlineData("another document signed", Indication.Failed, SubIndication.HashFailure)]
    [InlineData("the signature value changed", Indication.Failed, SubIndication.SigCryptoFailure)]
    [InlineData("a certificate of the same name and serial number with another key", Indication.Failed, SubIndication.SigCryptoFailure)]
    [InlineData("revoked, and proven not to be older than that", Indication.Failed, SubIndication.Revoked)]
    [InlineData("expired, and proven not to be older than that", Indication.Failed, SubIndication.Expired)]
    [InlineData("signed before the certificate began", Indication.Failed, SubIndication.NotYetValid)]
    [InlineData("no signing-certificate attribute", Indication.Indeterminate, SubIndication.SigConstraintsFailure)]
    [InlineData("a key that may not sign", Indication.Indeterminate, SubIndication.ChainConstraintsFailure)]
    [InlineData("no revocation information", Indication.Indeterminate, SubIndication.CertificateChainGeneralFailure)]
    [InlineData("an RSA key too short at any time", Indication.Indeterminate, SubIndication.CryptoConstraintsFailureNoPoe)]
    [InlineData("SHA-1, and proven to be younger than its last day", Indication.Indeterminate, SubIndication.CryptoConstraintsFailure)]
    [InlineData("SHA-1 without a proof of age", Indication.Indeterminate, SubIndication.CryptoConstraintsFailureNoPoe)]
    [InlineData("an RSA key of 1024 bits without a proof of age", Indication.Indeterminate, SubIndication.CryptoConstraintsFailureNoPoe)]
    [InlineData("a policy attribute that cannot be read", Indication.Indeterminate, SubIndication.PolicyProcessingError)]
    [InlineData("a policy that is not at hand", Indication.Indeterminate, SubIndication.SignaturePolicyNotAvailable)]
    [InlineData("a content timestamp later than the signature's", Indication.Indeterminate, SubIndication.TimestampOrderFailure)]
    [InlineData("no certificate of the signer", Indication.Indeterminate, SubIndication.NoSigningCertificateFound)]
    [InlineData("another certificate bound", Indication.Indeterminate, SubIndication.NoSigningCertificateFound)]
    [InlineData("an unknown root", Indication.Indeterminate, SubIndication.NoCertificateChainFound)]
    [InlineData("a root past its sunset date", Indication.Indeterminate, SubIndication.NoCertificateChainFoundNoPoe)]
    [InlineData("revoked without a proof of age", Indication.Indeterminate, SubIndication.RevokedNoPoe)]
    [InlineData("the issuing authority revoked", Indication.Indeterminate, SubIndication.RevokedCaNoPoe)]
    [InlineData("expired, nothing known of revocation", Indication.Indeterminate, SubIndication.OutOfBoundsNoPoe)]
    [InlineData("expired, and not revoked", Indication.Indeterminate, SubIndication.OutOfBoundsNotRevoked)]
    [InlineData("evidence whose signer expired", Indication.Indeterminate, SubIndication.RevocationOutOfBoundsNoPoe)]
    [InlineData("on hold", Indication.Indeterminate, SubIndication.TryLater)]
    public async Task Each_gets_what_it_deserves(string document, Indication indication, SubIndication sub)
    {
        SignatureVerdict verdict = await s_cases[document]();
        Assert.True((indication, sub) == (verdict.Indication, verdict.SubIndication), $"{verdict.Indication}/{verdict.SubIndication}: {string.Join("; ", verdict.Checks.Where(check => check.Outcome != CheckOutcome.Passed).Select(check => check.Message))}");
    }

    private static async Task<SignatureVerdict> With(Func<SignedFixture, Task<byte[]>> make, Func<SignedFixture, VerificationPolicy>? policy = null, TimeSpan later = default)
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] document = await make(fixture);
        fixture.Clock.Now += later;
        return await fixture.VerifyFirstAsync(document, policy?.Invoke(fixture));
    }

    private static async Task<SignatureVerdict> Foreign(
        Func<ForeignSignature, X509Certificate2, byte[]> make,
        int keySize = 2048,
        DateTimeOffset? from = null,
        X509KeyUsageFlags usage = X509KeyUsageFlags.DigitalSignature,
        bool contentTimestamp = false,
        bool isTimestamped = false,
        bool isReversed = false,
        string[]? policies = null)
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        ForeignSignature signature = await ForeignSignature.CreateAsync(fixture);
        DateTimeOffset start = from ?? SignedFixture.Start;
        (X509Certificate2 signer, Certificate root) = ForeignSignature.Issue(start, start + s_year, keySize, usage: usage);
        DateTimeOffset now = fixture.Clock.Now;
        byte[] value = contentTimestamp
            ? await StampContentAsync(fixture, signature, signer, isReversed ? TimeSpan.FromHours(2) : TimeSpan.Zero, make)
            : make(signature, signer);
        fixture.Clock.Now = now.AddMinutes(5);
        if (isTimestamped)
        {
            value = await ForeignSignature.StampAsync(fixture, value);
        }

        fixture.Clock.Now = now.AddHours(3);
        VerificationPolicy policy = ForeignSignature.Trusting(fixture, root);
        return await fixture.VerifyFirstAsync(signature.With(value), policy with { SignaturePolicies = [.. (policies ?? []).Select(text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text))] });
    }

    /// <summary>The content timestamp (RFC 5126 §5.11.4) is taken first, and signed with the rest.</summary>
    private static async Task<byte[]> StampContentAsync(SignedFixture fixture, ForeignSignature signature, X509Certificate2 signer, TimeSpan ahead, Func<ForeignSignature, X509Certificate2, byte[]> make)
    {
        fixture.Clock.Now += ahead;
        var token = await fixture.Pki.Timestamps.GetTimestampAsync(Pki.Keys.DigestAlgorithm.Sha256, SHA256.HashData(signature.Content), TestContext.Current.CancellationToken);
        bool isSha1 = new SignedCms() is var probe && Decode(probe, make(signature, signer)).SignerInfos[0].DigestAlgorithm.Value == "1.3.14.3.2.26";
        return signature.Sign(signer, digest: isSha1 ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256, attributes: [new AsnEncodedData("1.2.840.113549.1.9.16.2.20", token.RawData.ToArray())]);
    }

    private static SignedCms Decode(SignedCms cms, byte[] value)
    {
        cms.Decode(value);
        return cms;
    }

    private static byte[] Flip(byte[] value)
    {
        byte[] signature = Decode(new SignedCms(), value).SignerInfos[0].GetSignature();
        value[value.AsSpan().LastIndexOf(signature) + 100] ^= 1;
        return value;
    }

    private static AsnEncodedData Policy(ReadOnlySpan<byte> text)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.3.4.5");
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier("2.16.840.1.101.3.4.2.1");
                }

                writer.WriteOctetString(SHA256.HashData(text));
            }
        }

        return new AsnEncodedData("1.2.840.113549.1.9.16.2.15", writer.Encode());
    }

    private static VerificationPolicy Sunset(SignedFixture fixture, DateTimeOffset sunset) =>
        fixture.Policy() with { AnchorSunsetDates = new Dictionary<Certificate, DateTimeOffset> { [fixture.Pki.Root.Certificate] = sunset } };

    /// <summary>Signed after the revocation: with a content timestamp that is certain, without one it is what has to be assumed.</summary>
    private static async Task<SignatureVerdict> RevokedThenSigned(bool contentTimestamp)
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        ForeignSignature signature = await ForeignSignature.CreateAsync(fixture);
        using var key = RSA.Create(2048);
        Pki.Issuance.IssuedCertificate issued = await fixture.Pki.Issuing.IssueAsync(
            Pki.Issuance.CertificateProfile.Person,
            new Pki.Issuance.IssuanceRequest { Subject = Pki.Names.CertificateSubject.Person("张三", Pki.Names.ResidentIdNumber.Parse("11010519491231002X")), SubjectPublicKeyInfo = key.ExportSubjectPublicKeyInfo() },
            TestContext.Current.CancellationToken);
        await fixture.Pki.Issuing.RevokeAsync(issued.Certificate.SerialNumberHex, RevocationReason.KeyCompromise, cancellationToken: TestContext.Current.CancellationToken);
        fixture.Clock.Now += TimeSpan.FromDays(1);
        using X509Certificate2 signer = issued.Certificate.ToX509Certificate2().CopyWithPrivateKey(key);
        byte[] value = contentTimestamp ? await StampContentAsync(fixture, signature, signer, TimeSpan.Zero, static (signature, signer) => signature.Sign(signer)) : signature.Sign(signer);
        fixture.Clock.Now += TimeSpan.FromDays(1);
        return await fixture.VerifyFirstAsync(signature.With(value), fixture.Policy() with { Certificates = [fixture.Pki.Issuing.Certificate] });
    }

    private static async Task<SignatureVerdict> ExpiredThenSigned()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        ForeignSignature signature = await ForeignSignature.CreateAsync(fixture);
        (X509Certificate2 signer, Certificate root) = ForeignSignature.Issue(SignedFixture.Start.AddYears(-2), SignedFixture.Start.AddYears(-1));
        byte[] value = await StampContentAsync(fixture, signature, signer, TimeSpan.Zero, static (signature, signer) => signature.Sign(signer));
        fixture.Clock.Now += TimeSpan.FromHours(1);
        return await fixture.VerifyFirstAsync(signature.With(value), ForeignSignature.Trusting(fixture, root));
    }

    private static async Task<SignatureVerdict> AuthorityRevoked()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] signed = await fixture.SignAsync();
        await fixture.Pki.Root.RevokeAsync(fixture.Pki.Issuing.Certificate.SerialNumberHex, RevocationReason.CaCompromise, cancellationToken: TestContext.Current.CancellationToken);
        fixture.Clock.Now += TimeSpan.FromDays(1);
        return await fixture.VerifyFirstAsync(signed);
    }

    private static async Task<SignatureVerdict> OnHold()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] signed = await fixture.SignAsync();
        await fixture.Pki.Issuing.RevokeAsync(fixture.Pki.Enterprise.Certificate.SerialNumberHex, RevocationReason.CertificateHold, cancellationToken: TestContext.Current.CancellationToken);
        fixture.Clock.Now += TimeSpan.FromDays(1);
        return await fixture.VerifyFirstAsync(signed);
    }

    private static async Task<SignatureVerdict> EvidenceExpired()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        fixture.Clock.Now = SignedFixture.Start + (9 * s_year); // the issuing authority lives ten years
        TestPki second = await TestPki.CreateAsync(clock: fixture.Clock);
        using SigningCredential late = await fixture.Pki.EnterpriseAsync("深圳示例科技有限公司", "91350100M000100Y43");
        fixture.Clock.Now += TimeSpan.FromDays(1);
        byte[] signed = await fixture.SignAsync(PadesLevel.LT(second.Timestamps, new AuthorityEvidence(fixture.Pki, second)), credential: late);
        fixture.Clock.Now += 2 * s_year;
        return await fixture.VerifyFirstAsync(signed, fixture.Policy(online: false, second.Root.Certificate) with { RevocationSource = new AuthorityEvidence(second) });
    }

    private static byte[] Replace(byte[] file, string what, string by)
    {
        int at = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(what));
        Assert.True(at > 0, what + " was not found");
        Encoding.ASCII.GetBytes(by).CopyTo(file, at);
        return file;
    }

    private static byte[] Append(byte[] file)
    {
        var forgery = new Attacks.Forgery(file);
        using var document = ESign.Pdf.Document.PdfDocument.Open(file);
        int page = document.GetPage(1).Reference!.Number;
        return forgery.Edit(page, ("Rotate", "180")).End(trailer: $"/Root {document.CatalogReference}");
    }
}
