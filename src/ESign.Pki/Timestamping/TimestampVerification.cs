using System.Formats.Asn1;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.Keys;

namespace ESign.Pki.Timestamping;

/// <summary>The checks of a timestamp token, one method each; every failure is collected.</summary>
/// <remarks>RFC 3161 §2.3, §2.4.2; RFC 5816 §2; RFC 5652 §5.3, §11.</remarks>
internal sealed class TimestampVerification(TimestampToken token)
{
    private readonly List<TimestampFailure> _failures = [];

    public void CheckImprint(SignedContent stamped)
    {
        if (DigestAlgorithm.FromOid(token.Info.DigestOid) is not { } algorithm)
        {
            _failures.Add(TimestampFailure.ImprintAlgorithmUnknown);
        }
        else if (stamped.Digest(algorithm) is not { } digest || !token.Info.HashedMessage.Span.SequenceEqual(digest))
        {
            _failures.Add(TimestampFailure.ImprintMismatch);
        }
    }

    public void CheckRequest(TimestampRequest request)
    {
        TimestampTokenInfo info = token.Info;
        Require(info.Imprint.Matches(request.DigestOid, request.HashedMessage.Span), TimestampFailure.ImprintMismatch);
        Require(request.Nonce.IsEmpty || request.Nonce.Span.SequenceEqual(info.Nonce.Span), TimestampFailure.NonceMismatch);
        Require(request.PolicyOid is null || string.Equals(request.PolicyOid, info.PolicyOid, StringComparison.Ordinal), TimestampFailure.PolicyMismatch);
    }

    public TimestampVerdict CheckSignature(IReadOnlyList<Certificate>? moreCertificates, bool withSignatureValue = true)
    {
        SignedData signedData = token.SignedData;
        Require(token.Info.Version == 1, TimestampFailure.InfoVersion);
        Require(!token.Info.Extensions.Any(static extension => extension.IsCritical), TimestampFailure.ExtensionUnknown);
        Require(signedData.UnreadableCertificates == 0, TimestampFailure.CertificatesMalformed);
        Require(signedData.SignerInfos.Count > 0, TimestampFailure.NoSigner);
        Require(signedData.SignerInfos.Count <= 1, TimestampFailure.MoreThanOneSigner);
        if (signedData.SignerInfos.Count != 1)
        {
            return new TimestampVerdict(_failures, signer: null);
        }

        SignerInfo signer = signedData.SignerInfos[0];
        SignerVerdict verdict = signedData.Verify(signer, detachedContent: null, moreCertificates, withSignatureValue);
        Require(signer.HasConformingVersion, TimestampFailure.SignerVersion);
        if (signer.SignedAttributes.Count > 0)
        {
            CheckAttributes(verdict);
        }
        else
        {
            _failures.Add(TimestampFailure.SignedAttributesMissing);
        }

        CheckAlgorithms(verdict);
        CheckSigningTime(signer, verdict.Certificate);
        if (verdict.Certificate is null)
        {
            _failures.Add(TimestampFailure.NoSignerCertificate);
        }
        else
        {
            Require(IsForTimeStampingOnly(verdict.Certificate), TimestampFailure.CertificatePurpose);
        }

        return new TimestampVerdict(_failures, verdict);
    }

    private void CheckAttributes(SignerVerdict verdict)
    {
        Map(verdict.ContentType, absent: TimestampFailure.ContentTypeMissing, otherwise: TimestampFailure.ContentTypeWrong);
        Map(verdict.MessageDigest, absent: TimestampFailure.MessageDigestMissing, otherwise: TimestampFailure.MessageDigestWrong);
        TimestampFailure? binding = verdict.CertificateBinding switch
        {
            CmsCheck.Passed or CmsCheck.NotEvaluated => null,
            CmsCheck.Weak => null, // reported below; v1 is SHA-1 by definition
            CmsCheck.Absent => TimestampFailure.CertificateIdMissing,
            CmsCheck.Malformed => TimestampFailure.CertificateIdMalformed,
            CmsCheck.Unsupported => TimestampFailure.AlgorithmUnsupported,
            _ => TimestampFailure.CertificateIdMismatch,
        };
        if (binding is { } failure)
        {
            _failures.Add(failure);
        }

        Require(!UsesWeakVersion2(), TimestampFailure.CertificateIdWeak);
    }

    private void CheckAlgorithms(SignerVerdict verdict)
    {
        switch (verdict.SignatureValue)
        {
            case CmsCheck.Passed or CmsCheck.NotEvaluated:
                break;
            case CmsCheck.Unsupported:
                _failures.Add(TimestampFailure.AlgorithmUnsupported);
                break;
            default:
                _failures.Add(TimestampFailure.SignatureInvalid);
                break;
        }

        // SHA-1 tokens of the past stay readable: whether they still prove anything is the policy's decision
        Require(verdict.Algorithms is not (CmsCheck.Failed or CmsCheck.Malformed), TimestampFailure.AlgorithmMismatch);
    }

    // RFC 5652 §11.3: optional; when it is there it must be a time, and one at which the certificate was valid
    private void CheckSigningTime(SignerInfo signer, Certificate? certificate)
    {
        if (signer.FindSignedAttribute(Oids.SigningTime) is not { } attribute)
        {
            return;
        }

        try
        {
            if (attribute.Values.Count != 1)
            {
                _failures.Add(TimestampFailure.SigningTimeMalformed);
                return;
            }

            var reader = new DerReader(attribute.Values[0], AsnEncodingRules.BER);
            DateTimeOffset time = reader.ReadTime();
            reader.ThrowIfNotEmpty();
            Require(certificate is null || (time >= certificate.NotBefore && time <= certificate.NotAfter), TimestampFailure.SigningTimeOutsideCertificate);
        }
        catch (Asn1FormatException)
        {
            _failures.Add(TimestampFailure.SigningTimeMalformed);
        }
    }

    /// <summary>RFC 3161 §2.3: one extended key usage, id-kp-timeStamping, and the extension critical.</summary>
    internal static bool IsForTimeStampingOnly(Certificate certificate)
    {
        try
        {
            return certificate.FindExtension(ExtensionOid.ExtendedKeyUsage) is { IsCritical: true }
                && certificate.ExtendedKeyUsage is [KeyPurpose.TimeStamping];
        }
        catch (Asn1FormatException)
        {
            return false;
        }
    }

    /// <summary>RFC 5816 §2.2.1: version 2 exists to get away from SHA-1.</summary>
    private bool UsesWeakVersion2()
    {
        try
        {
            return token.SignedData.SignerInfos[0].FindSignedAttribute(Oids.SigningCertificateV2) is { Values: [var value] }
                && EssCertificateId.DecodeAttribute(value, version2: true) is [var id, ..]
                && DigestAlgorithm.FromOid(id.DigestOid) is { IsAcceptableForSigning: false };
        }
        catch (Asn1FormatException)
        {
            return false; // reported as malformed
        }
    }

    private void Map(CmsCheck check, TimestampFailure absent, TimestampFailure otherwise)
    {
        if (check is not (CmsCheck.Passed or CmsCheck.NotEvaluated))
        {
            _failures.Add(check switch
            {
                CmsCheck.Absent => absent,
                CmsCheck.Unsupported => TimestampFailure.AlgorithmUnsupported,
                _ => otherwise,
            });
        }
    }

    private void Require(bool holds, TimestampFailure failure)
    {
        if (!holds && !_failures.Contains(failure))
        {
            _failures.Add(failure);
        }
    }
}
