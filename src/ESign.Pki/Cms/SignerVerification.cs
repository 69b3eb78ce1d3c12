using System.Formats.Asn1;
using System.Security.Cryptography;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using ESign.Pki.Keys.Gm;

namespace ESign.Pki.Cms;

/// <summary>The checks of one signer, one method each.</summary>
/// <remarks>RFC 5652 §5.4, §5.6, §11.1, §11.2; RFC 5035 §3; RFC 6211 §3.</remarks>
internal sealed class SignerVerification(SignedData signedData, SignerInfo signer, SignedContent? content)
{
    private readonly DigestAlgorithm? _digest = DigestAlgorithm.FromIdentifier(signer.DigestAlgorithmIdentifier);
    private bool _hasEmptySm2UserId;

    public SignerVerdict Evaluate(IReadOnlyList<Certificate> moreCertificates, bool withSignatureValue = true)
    {
        (Certificate? certificate, CmsCheck binding) = FindCertificate(moreCertificates);
        bool reencoded = false;
        CmsCheck signatureValue = certificate is null || !withSignatureValue ? CmsCheck.NotEvaluated : CheckSignatureValue(certificate, out reencoded);
        return new SignerVerdict
        {
            Certificate = certificate,
            DigestAlgorithm = _digest,
            HasSignedAttributes = signer.HasSignedAttributes,
            ContentType = CheckContentType(),
            MessageDigest = signer.HasSignedAttributes ? CheckMessageDigest() : signatureValue,
            SignatureValue = signatureValue,
            CertificateBinding = binding,
            Algorithms = CheckAlgorithms(),
            AttributesWereReencoded = reencoded,
            HasEmptySm2UserId = _hasEmptySm2UserId,
        };
    }

    /// <summary>
    /// By the signer identifier alone. Several certificates may carry the same identifier (one of them injected): the one that
    /// the signed certificate identifier names is taken.
    /// </summary>
    private (Certificate? Certificate, CmsCheck Binding) FindCertificate(IReadOnlyList<Certificate> moreCertificates)
    {
        (Certificate? Certificate, CmsCheck Binding) first = default;
        foreach (Certificate candidate in signedData.Certificates.Concat(moreCertificates))
        {
            if (!signer.Identifies(candidate))
            {
                continue;
            }

            CmsCheck binding = CheckBinding(candidate);
            if (binding is CmsCheck.Passed or CmsCheck.Weak)
            {
                return (candidate, binding);
            }

            first = first.Certificate is null ? (candidate, binding) : first;
        }

        return first.Certificate is null ? (null, CheckBinding(certificate: null)) : first;
    }

    // RFC 5652 §11.1: present whenever there are signed attributes, one value, equal to eContentType
    private CmsCheck CheckContentType()
    {
        if (!TrySingleValue(Oids.ContentType, out ReadOnlyMemory<byte> value, out CmsCheck outcome))
        {
            return outcome;
        }

        try
        {
            var reader = new DerReader(value, AsnEncodingRules.BER);
            string type = reader.ReadObjectIdentifier();
            reader.ThrowIfNotEmpty();
            return string.Equals(type, signedData.ContentType, StringComparison.Ordinal) ? CmsCheck.Passed : CmsCheck.Failed;
        }
        catch (Asn1FormatException)
        {
            return CmsCheck.Malformed;
        }
    }

    // RFC 5652 §11.2
    private CmsCheck CheckMessageDigest()
    {
        if (!TrySingleValue(Oids.MessageDigest, out ReadOnlyMemory<byte> value, out CmsCheck outcome))
        {
            return outcome;
        }

        if (_digest is null)
        {
            return CmsCheck.Unsupported;
        }

        byte[]? actual = content?.Digest(_digest);
        if (actual is null)
        {
            return CmsCheck.NotEvaluated;
        }

        try
        {
            var reader = new DerReader(value, AsnEncodingRules.BER);
            ReadOnlyMemory<byte> expected = reader.ReadOctetString();
            reader.ThrowIfNotEmpty();
            return CryptographicOperations.FixedTimeEquals(expected.Span, actual) ? CmsCheck.Passed : CmsCheck.Failed;
        }
        catch (Asn1FormatException)
        {
            return CmsCheck.Malformed;
        }
    }

    // RFC 5652 §5.6
    private CmsCheck CheckSignatureValue(Certificate certificate, out bool reencoded)
    {
        reencoded = false;
        if (!signer.HasSignedAttributes)
        {
            return CheckDirectSignature(certificate);
        }

        // §5.4: the DER of the attributes as a SET OF. What was transmitted is that DER in nearly every signature …
        byte[] transmitted = signer.RawSignedAttributes.ToArray();
        transmitted[0] = 0x31;
        SignatureOutcome outcome = Verify(certificate, transmitted);
        if (outcome != SignatureOutcome.Invalid || TryRewrite(transmitted) is not { } der)
        {
            return Translate(outcome);
        }

        // … and where it is not, signers signed either what they sent or its DER.
        reencoded = Verify(certificate, der) == SignatureOutcome.Valid;
        return reencoded ? CmsCheck.Passed : CmsCheck.Failed;
    }

    /// <summary>Without signed attributes the signature covers the content itself (§5.4); SM2 digests Z before it.</summary>
    private CmsCheck CheckDirectSignature(Certificate certificate)
    {
        if (SignatureParameters.Resolve(signer.SignatureAlgorithmIdentifier, _digest, out SignatureCheck failure) is not { } parameters)
        {
            return Translate(failure.Outcome);
        }

        if (parameters.Digest is null)
        {
            return CmsCheck.Unsupported; // the Edwards curves sign no digest
        }

        ReadOnlyMemory<byte> prefix = parameters.Family == SignatureFamily.Sm2 ? ComputeZ(certificate) : default;
        return content?.Digest(parameters.Digest, prefix) is { } value
            ? Translate(SignatureVerifier.CheckDigest(certificate.SubjectPublicKeyInfo.Span, signer.SignatureAlgorithmIdentifier, value, signer.Signature.Span, _digest).Outcome)
            : CmsCheck.NotEvaluated;
    }

    private static byte[] ComputeZ(Certificate certificate)
    {
        try
        {
            ReadOnlySpan<byte> point = SubjectPublicKeyInfo.Decode(certificate.SubjectPublicKeyInfo).PublicKey.Span;
            return point.Length == 65 ? Sm2.ComputeZ(point[1..], Sm2.DefaultUserId) : [];
        }
        catch (Asn1FormatException)
        {
            return []; // the verifier refuses such a key
        }
    }

    /// <summary>The attributes as DER, or null when they are DER already or cannot be rewritten.</summary>
    private static byte[]? TryRewrite(byte[] transmitted)
    {
        try
        {
            byte[] der = BerConverter.ToDer(transmitted, sortSets: true);
            return der.AsSpan().SequenceEqual(transmitted) ? null : der;
        }
        catch (Asn1FormatException)
        {
            return null;
        }
    }

    // RFC 5035: "When both attributes exist in a single message, they are independently evaluated."
    private CmsCheck CheckBinding(Certificate? certificate)
    {
        CmsCheck version1 = CheckBinding(certificate, Oids.SigningCertificate, version2: false);
        return signer.FindSignedAttribute(Oids.SigningCertificateV2) is null || version1 is CmsCheck.Failed or CmsCheck.Malformed
            ? version1
            : CheckBinding(certificate, Oids.SigningCertificateV2, version2: true);
    }

    // RFC 5035 §3: the first identifier is that of the signer
    private CmsCheck CheckBinding(Certificate? certificate, string oid, bool version2)
    {
        if (!TrySingleValue(oid, out ReadOnlyMemory<byte> value, out CmsCheck outcome))
        {
            return outcome;
        }

        try
        {
            IReadOnlyList<EssCertificateId> ids = EssCertificateId.DecodeAttribute(value, version2);
            return ids.Count == 0 ? CmsCheck.Absent
                : certificate is null ? CmsCheck.NotEvaluated
                : CheckIdentifier(ids[0], certificate);
        }
        catch (Asn1FormatException)
        {
            return CmsCheck.Malformed;
        }
    }

    private static CmsCheck CheckIdentifier(EssCertificateId id, Certificate certificate)
    {
        if (DigestAlgorithm.FromOid(id.DigestOid) is not { } digest)
        {
            return CmsCheck.Unsupported;
        }

        if (!digest.Compute(certificate.RawData.Span).AsSpan().SequenceEqual(id.Hash.Span))
        {
            return CmsCheck.Failed;
        }

        if (id.HasIssuerSerial && !id.SerialNumber.Span.SequenceEqual(certificate.SerialNumber.Span))
        {
            return CmsCheck.Failed;
        }

        return digest.IsAcceptableForSigning ? CmsCheck.Passed : CmsCheck.Weak;
    }

    private CmsCheck CheckAlgorithms()
    {
        if (_digest is null || SignatureParameters.Resolve(signer.SignatureAlgorithmIdentifier, _digest, out _) is not { } parameters)
        {
            return CmsCheck.Unsupported;
        }

        if ((parameters.Digest ?? DigestOfEdwardsCurve(parameters.Family)) != _digest)
        {
            return CmsCheck.Failed;
        }

        if (TrySingleValue(Oids.CmsAlgorithmProtection, out ReadOnlyMemory<byte> value, out CmsCheck outcome))
        {
            outcome = CheckAlgorithmProtection(value);
        }

        return outcome is CmsCheck.Passed or CmsCheck.Absent
            ? _digest.IsAcceptableForSigning ? CmsCheck.Passed : CmsCheck.Weak
            : outcome;
    }

    // RFC 8419 §3.1: the curve says which digest the message-digest attribute holds.
    private static DigestAlgorithm DigestOfEdwardsCurve(SignatureFamily family) =>
        family == SignatureFamily.Ed448 ? DigestAlgorithm.Shake256 : DigestAlgorithm.Sha512;

    // RFC 6211 §3: the protected identifiers are compared with those of the SignerInfo; absent and NULL parameters are the same
    private CmsCheck CheckAlgorithmProtection(ReadOnlyMemory<byte> value)
    {
        try
        {
            DerReader fields = DerReader.OpenSequence(value, AsnEncodingRules.BER);
            AlgorithmIdentifier digest = AlgorithmIdentifier.Read(fields);
            bool hasSignature = fields.NextIsContext(1);
            AlgorithmIdentifier? signature = hasSignature ? AlgorithmIdentifier.Read(fields, new Asn1Tag(TagClass.ContextSpecific, 1)) : null;
            bool agrees = Same(digest, signer.DigestAlgorithmIdentifier)
                && signature is not null
                && Same(signature, signer.SignatureAlgorithmIdentifier);
            return agrees ? CmsCheck.Passed : CmsCheck.Failed;
        }
        catch (Asn1FormatException)
        {
            return CmsCheck.Malformed;
        }
    }

    private static bool Same(AlgorithmIdentifier a, AlgorithmIdentifier b) =>
        a.Equals(b) || (string.Equals(a.Oid, b.Oid, StringComparison.Ordinal) && a.HasAbsentOrNullParameters && b.HasAbsentOrNullParameters);

    private SignatureOutcome Verify(Certificate certificate, ReadOnlySpan<byte> data)
    {
        SignatureOutcome outcome = Verify(certificate, data, sm2UserId: null);
        if (outcome != SignatureOutcome.Invalid || SignatureParameters.Resolve(signer.SignatureAlgorithmIdentifier, _digest, out _) is not { Family: SignatureFamily.Sm2 })
        {
            return outcome;
        }

        // The id tells signers that share a key apart, and nobody does: a value that is right under the empty one was made with this key.
        _hasEmptySm2UserId = Verify(certificate, data, sm2UserId: []) == SignatureOutcome.Valid;
        return _hasEmptySm2UserId ? SignatureOutcome.Valid : SignatureOutcome.Invalid;
    }

    private SignatureOutcome Verify(Certificate certificate, ReadOnlySpan<byte> data, byte[]? sm2UserId) =>
        SignatureVerifier.Check(certificate.SubjectPublicKeyInfo.Span, signer.SignatureAlgorithmIdentifier, data, signer.Signature.Span, _digest, sm2UserId).Outcome;

    private static CmsCheck Translate(SignatureOutcome outcome) => outcome switch
    {
        SignatureOutcome.Valid => CmsCheck.Passed,
        SignatureOutcome.Unsupported => CmsCheck.Unsupported,
        _ => CmsCheck.Failed,
    };

    /// <summary>RFC 5652 §11: each of these attributes occurs at most once, with exactly one value.</summary>
    private bool TrySingleValue(string oid, out ReadOnlyMemory<byte> value, out CmsCheck outcome)
    {
        value = default;
        outcome = CmsCheck.Absent;
        foreach (CmsAttribute attribute in signer.SignedAttributes)
        {
            if (!string.Equals(attribute.Oid, oid, StringComparison.Ordinal))
            {
                continue;
            }

            if (attribute.Values.Count != 1 || outcome == CmsCheck.Passed)
            {
                outcome = CmsCheck.Malformed;
                return false;
            }

            value = attribute.Values[0];
            outcome = CmsCheck.Passed;
        }

        return outcome == CmsCheck.Passed;
    }
}
