using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.ElectronicSeals;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;

namespace ESign.Pdf.Verification;

/// <summary>What the mathematics of one signature says: which certificate, whether digest and value are right. Trust is judged elsewhere.</summary>
/// <remarks>ISO 32000-2 §12.8.3; RFC 5652 §5; RFC 3161 §2.4.2. The form follows from the ASN.1 and must be what /SubFilter announces.</remarks>
internal sealed record CryptographicFacts
{
    /// <summary>/Cert chains; real ones have up to 6 certificates.</summary>
    private const int MaximumCertificates = 64;

    /// <summary>/SubFilter as written.</summary>
    public string? SubFilter { get; init; }

    public SignatureForm Form { get; init; } = SignatureForm.Unknown;

    /// <summary>Whether ESign knows the /SubFilter; if not, the form was found by looking at the value.</summary>
    public bool IsKnownSubFilter { get; init; }

    /// <summary>Why the value cannot be processed, in Chinese and English; null when it can.</summary>
    public string? Problem { get; init; }

    /// <summary>The one signer of a CMS signature.</summary>
    public SignerInfo? Signer { get; init; }

    /// <summary>The timestamp token of a document timestamp.</summary>
    public TimestampToken? Token { get; init; }

    /// <summary>The seal signature, in place of CMS.</summary>
    public SealSignature? Seal { get; init; }

    /// <summary>What the checks of the seal found, at the time the signer claims.</summary>
    public SealVerdict? SealVerdict { get; init; }

    /// <summary>The signature value itself; empty when there is none that can be read.</summary>
    public ReadOnlyMemory<byte> SignatureValue => Signer?.Signature ?? Seal?.SignatureValue ?? default;

    public TimestampVerdict? TokenVerdict { get; init; }

    /// <summary>The signer's certificate.</summary>
    public Certificate? Certificate { get; init; }

    /// <summary>The certificate that a value names which cannot be judged: who is said to have signed.</summary>
    public Certificate? NamedCertificate { get; init; }

    /// <summary>The digest of the byte range; empty when none was wanted.</summary>
    public ReadOnlyMemory<byte> ContentDigest { get; init; }

    public CmsCheck Digest { get; init; } = CmsCheck.NotEvaluated;

    public CmsCheck Value { get; init; } = CmsCheck.NotEvaluated;

    public CmsCheck ContentType { get; init; } = CmsCheck.NotEvaluated;

    public CmsCheck Binding { get; init; } = CmsCheck.NotEvaluated;

    public CmsCheck Algorithms { get; init; } = CmsCheck.NotEvaluated;

    public bool HasSignedAttributes { get; init; }

    /// <summary>Whether an SM2 signature was made with the empty user id.</summary>
    public bool HasEmptySm2UserId { get; init; }

    public DigestAlgorithm? DigestAlgorithm { get; init; }

    public AlgorithmIdentifier? SignatureAlgorithm { get; init; }

    /// <summary>Certificates written in the signature dictionary (/Cert).</summary>
    public IReadOnlyList<Certificate> DictionaryCertificates { get; init; } = [];

    /// <summary>The digest of the byte range that the signature needs; null when it needs none or an unknown one.</summary>
    public DigestAlgorithm? WantedDigest => Form switch
    {
        SignatureForm.Timestamp => Token is null ? null : DigestAlgorithm.FromOid(Token.Info.DigestOid),
        SignatureForm.Detached => Signer is null ? null : DigestAlgorithm.FromIdentifier(Signer.DigestAlgorithmIdentifier),
        SignatureForm.EnclosedSha1 or SignatureForm.BareRsaSha1 => DigestAlgorithm.Sha1,
        SignatureForm.Seal => Seal?.DigestAlgorithm,
        _ => null,
    };

    /// <summary>The digest's name, or its object identifier.</summary>
    public string? DigestName => DigestAlgorithm?.Name ?? Signer?.DigestOid;

    /// <summary>The signature algorithm's name, or its object identifier.</summary>
    public string? SignatureName => SignatureAlgorithm is null ? null
        : SignatureParameters.Resolve(SignatureAlgorithm, DigestAlgorithm, out _) is { } known ? Name(known)
        : SignatureAlgorithm.Oid;

    /// <summary>Looks at the form of a signature; computes nothing.</summary>
    public static CryptographicFacts Read(PdfDocument view, SignatureUnderTest signature, SignatureContainer container)
    {
        string? subFilter = (view.Resolve(signature.Dictionary["SubFilter"]) as PdfName)?.Value;
        SignatureForm announced = FormOf(subFilter);
        SignatureForm found = FindForm(container);
        var facts = new CryptographicFacts
        {
            SubFilter = subFilter,
            IsKnownSubFilter = announced != SignatureForm.Unknown,
            Form = announced == SignatureForm.Unknown || found == SignatureForm.Seal ? found : announced,
            DictionaryCertificates = ReadCertificates(view, signature.Dictionary),
            Problem = container.Problem,
        };
        if (container.Problem is not null)
        {
            return facts;
        }

        // adbe.pkcs7.sha1 and a detached signature with forbidden content look the same: the name decides.
        bool fits = announced == SignatureForm.Unknown || announced == found
            || (announced == SignatureForm.EnclosedSha1 && found == SignatureForm.Detached)
            || (announced == SignatureForm.Detached && found == SignatureForm.Seal); // what Chinese products write (GB/T 38540 names no /SubFilter)
        if (!fits)
        {
            return facts with { Problem = $"签名值与 /SubFilter {subFilter} 不符 / the signature value is not what /SubFilter {subFilter} announces" };
        }

        if (signature.IsDocumentTimestamp && facts.Form != SignatureForm.Timestamp)
        {
            return facts with { Problem = "文档时间戳的值不是时间戳 / the value of a document timestamp is no timestamp token" };
        }

        return container.SealSignature is { } seal ? facts.WithSeal(seal)
            : container.SignedData is null ? facts
            : facts.WithSigner(container.SignedData);
    }

    /// <summary>Verifies digest and signature value.</summary>
    /// <param name="container">The value.</param>
    /// <param name="content">The bytes it covers; null when the byte range is unusable.</param>
    /// <param name="moreCertificates">Certificates from elsewhere in which the signer's may be.</param>
    public CryptographicFacts Verify(SignatureContainer container, SignedContent? content, IReadOnlyList<Certificate> moreCertificates)
    {
        if (Problem is not null || content is null)
        {
            return this with { NamedCertificate = FindNamedCertificate(container, moreCertificates) };
        }

        CryptographicFacts verified = Form switch
        {
            SignatureForm.Timestamp => VerifyTimestamp(content, moreCertificates),
            SignatureForm.Seal => VerifySeal(content),
            SignatureForm.BareRsaSha1 => VerifyRsa(container.RsaValue!.Value, content),
            SignatureForm.EnclosedSha1 => VerifyEnclosed(container.SignedData!, content, moreCertificates),
            SignatureForm.Detached => With(container.SignedData!.Verify(Signer!, content, moreCertificates)),
            _ => this,
        };
        return verified with { ContentDigest = WantedDigest is { } algorithm ? content.Digest(algorithm) : default(ReadOnlyMemory<byte>) };
    }

    private static SignatureForm FormOf(string? subFilter) => subFilter switch
    {
        "adbe.pkcs7.detached" or "ETSI.CAdES.detached" => SignatureForm.Detached,
        "adbe.pkcs7.sha1" => SignatureForm.EnclosedSha1,
        "adbe.x509.rsa_sha1" => SignatureForm.BareRsaSha1,
        "ETSI.RFC3161" => SignatureForm.Timestamp,
        "ESign.SES.GBT38540" => SignatureForm.Seal,
        _ => SignatureForm.Unknown,
    };

    private static SignatureForm FindForm(SignatureContainer container) =>
        container.RsaValue is not null ? SignatureForm.BareRsaSha1
        : container.SealSignature is not null ? SignatureForm.Seal
        : container.SignedData is not { } signedData ? SignatureForm.Unknown
        : string.Equals(signedData.ContentType, Oids.TimestampInfo, StringComparison.Ordinal) ? SignatureForm.Timestamp
        : SignatureForm.Detached;

    private Certificate? FindNamedCertificate(SignatureContainer container, IReadOnlyList<Certificate> moreCertificates) =>
        Signer is { } signer ? container.SignedData!.Verify(signer, detachedContent: null, moreCertificates, withSignatureValue: false).Certificate
        : container.RsaValue is not null ? DictionaryCertificates.FirstOrDefault()
        : null;

    private CryptographicFacts WithSigner(SignedData signedData)
    {
        if (signedData.SignerInfos.Count != 1)
        {
            return this with { Problem = "签名值必须恰有一个签名者 / the signature value must have exactly one signer (EN 319 142-1 §6.3)" };
        }

        SignerInfo signer = signedData.SignerInfos[0];
        CryptographicFacts facts = this with
        {
            Signer = signer,
            HasSignedAttributes = signer.HasSignedAttributes,
            DigestAlgorithm = DigestAlgorithm.FromIdentifier(signer.DigestAlgorithmIdentifier),
            SignatureAlgorithm = signer.SignatureAlgorithmIdentifier,
        };
        if (Form != SignatureForm.Timestamp)
        {
            // ISO 32000-2 §12.8.3.3.1: "no data shall be encapsulated" – what is enclosed would be signed in place of the document.
            return Form == SignatureForm.Detached && signedData.Content is not null
                ? facts with { Problem = "签名值内封装了内容，所签的可能不是本文档 / the signature value encloses content, so that it may sign something else than the document" }
                : facts;
        }

        try
        {
            return facts with { Token = TimestampToken.FromSignedData(signedData) };
        }
        catch (Asn1FormatException exception)
        {
            return facts with { Problem = $"时间戳无法读取：{exception.Message} / the timestamp token cannot be read: {exception.Message}" };
        }
    }

    private CryptographicFacts WithSeal(SealSignature seal) => this with
    {
        Seal = seal,
        DigestAlgorithm = seal.DigestAlgorithm,
        SignatureAlgorithm = new AlgorithmIdentifier(seal.SignatureAlgorithmOid),
    };

    private CryptographicFacts VerifySeal(SignedContent content)
    {
        SealVerdict verdict = Seal!.Verify(content);
        return this with
        {
            SealVerdict = verdict,
            Certificate = verdict.SignerCertificate,
            Digest = WithoutStrength(verdict[SealRule.DataHash]),
            Value = WithoutStrength(verdict[SealRule.SignatureValue]),
            Binding = verdict[SealRule.SignerListed],
            ContentType = CmsCheck.Absent,
            Algorithms = CmsCheck.Passed,
        };
    }

    /// <summary>Whether an algorithm still is believed is the policy's question.</summary>
    private static CmsCheck WithoutStrength(CmsCheck check) => check == CmsCheck.Weak ? CmsCheck.Passed : check;

    private CryptographicFacts With(SignerVerdict verdict) => this with
    {
        Certificate = verdict.Certificate,
        Digest = verdict.MessageDigest,
        Value = verdict.SignatureValue,
        ContentType = verdict.ContentType,
        Binding = verdict.CertificateBinding,
        Algorithms = verdict.Algorithms,
        HasEmptySm2UserId = verdict.HasEmptySm2UserId,
    };

    private CryptographicFacts VerifyTimestamp(SignedContent content, IReadOnlyList<Certificate> moreCertificates)
    {
        TimestampVerdict verdict = Token!.Verify(content, moreCertificates);
        CryptographicFacts facts = verdict.Signer is { } signer ? With(signer) : this;
        CmsCheck imprint = verdict.Failures.Contains(TimestampFailure.ImprintMismatch) ? CmsCheck.Failed
            : verdict.Failures.Contains(TimestampFailure.ImprintAlgorithmUnknown) ? CmsCheck.Unsupported
            : CmsCheck.Passed;
        return facts with { TokenVerdict = verdict, Digest = imprint == CmsCheck.Passed ? facts.Digest : imprint };
    }

    private CryptographicFacts VerifyEnclosed(SignedData signedData, SignedContent content, IReadOnlyList<Certificate> moreCertificates)
    {
        // The enclosed content is the digest; the signature covers the digest, not the document (table 255).
        CryptographicFacts facts = With(signedData.Verify(Signer!, detachedContent: null, moreCertificates));
        CmsCheck digest = signedData.Content is not { } enclosed ? CmsCheck.Absent
            : content.Digest(DigestAlgorithm.Sha1) is { } actual && actual.AsSpan().SequenceEqual(enclosed.Span) ? facts.Digest
            : CmsCheck.Failed;
        return facts with { Digest = digest };
    }

    private CryptographicFacts VerifyRsa(ReadOnlyMemory<byte> value, SignedContent content)
    {
        var algorithm = AlgorithmIdentifier.WithNull(Oids.Sha1WithRsa);
        CryptographicFacts facts = this with { DigestAlgorithm = DigestAlgorithm.Sha1, SignatureAlgorithm = algorithm, Algorithms = CmsCheck.Weak, Binding = CmsCheck.Absent };
        if (DictionaryCertificates.Count == 0 || content.Digest(DigestAlgorithm.Sha1) is not { } digest)
        {
            return facts;
        }

        Certificate certificate = DictionaryCertificates[0];
        CmsCheck check = SignatureVerifier.CheckDigest(certificate.SubjectPublicKeyInfo.Span, algorithm, digest, value.Span).Outcome switch
        {
            SignatureOutcome.Valid => CmsCheck.Passed,
            SignatureOutcome.Unsupported => CmsCheck.Unsupported,
            _ => CmsCheck.Failed,
        };
        return facts with { Certificate = certificate, Digest = check, Value = check };
    }

    // Table 255: a byte string, or an array of them, the signer's first
    private static List<Certificate> ReadCertificates(PdfDocument view, PdfDictionary dictionary)
    {
        PdfObject written = view.Resolve(dictionary["Cert"]);
        IEnumerable<PdfObject> items = written is PdfArray array ? array.Take(MaximumCertificates).Select(view.Resolve) : [written];
        var certificates = new List<Certificate>();
        foreach (PdfString item in items.OfType<PdfString>())
        {
            if (Certificate.TryDecode(item.Bytes, out Certificate? certificate))
            {
                certificates.Add(certificate);
            }
        }

        return certificates;
    }

    private static string Name(SignatureParameters parameters) => parameters.Family switch
    {
        SignatureFamily.RsaPkcs1 => $"RSA-PKCS1-{parameters.Digest!.Name}",
        SignatureFamily.RsaPss => $"RSA-PSS-{parameters.Digest!.Name}",
        SignatureFamily.Ecdsa or SignatureFamily.EcdsaPlain => $"ECDSA-{parameters.Digest!.Name}",
        SignatureFamily.Sm2 => "SM2-SM3",
        _ => parameters.Family.ToString(),
    };
}
