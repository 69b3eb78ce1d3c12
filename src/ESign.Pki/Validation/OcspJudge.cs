using System.Globalization;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using ESign.Pki.Revocation;

namespace ESign.Pki.Validation;

/// <summary>Judges whether an OCSP answer can be believed, and what it says of a certificate.</summary>
/// <remarks>RFC 6960 §3.2 (acceptance), §4.2.2.2 (authorised responders), §4.2.2.1 (time).</remarks>
internal sealed class OcspJudge(PathPolicy policy, PathRequest question, SignatureLedger signatures, EvidenceFreshness freshness)
{
    private const string NotValidNow = "the responder's certificate is not valid at this time";

    private static readonly HashSet<string> s_understood = new(StringComparer.Ordinal)
    {
        ExtensionOid.OcspNonce, ExtensionOid.OcspArchiveCutoff, ExtensionOid.OcspCrlReferences, ExtensionOid.OcspExtendedRevoke,
        ExtensionOid.OcspSignedCertificateTimestamps, ExtensionOid.ReasonCode, ExtensionOid.InvalidityDate,
    };

    /// <summary>
    /// How long "good" without nextUpdate is current: its responder has newer ones at all times (§4.2.2.1), and thisUpdate has
    /// to be "sufficiently recent" (§3.2). Browsers allow a week, or ten days.
    /// </summary>
    private static readonly TimeSpan s_currentWithoutNextUpdate = TimeSpan.FromDays(7);

    /// <summary>The facts a response tells of a certificate: none when it is not about it or cannot be believed.</summary>
    public IReadOnlyList<RevocationFact> Read(OcspResponse response, Certificate certificate, Certificate issuer, DateTimeOffset time, EvidenceRemarks remarks)
    {
        if (response.Status != OcspResponseStatus.Successful)
        {
            remarks.Add($"OCSP: {response.Status}");
            return [];
        }

        OcspSingleResponse[] answers = [.. response.Responses.Where(single => single.Id.Names(certificate, issuer))];
        if (answers.Length == 0)
        {
            return [];
        }

        try
        {
            return FindResponder(response, certificate, issuer, time, remarks) is { } responder
                ? ReadAnswers(answers, response, certificate, time, remarks).ConvertAll(fact => responder.Equals(issuer) ? fact : fact with { Delegate = responder })
                : [];
        }
        catch (Asn1FormatException exception)
        {
            remarks.Add("OCSP: malformed: " + exception.Detail);
            return [];
        }
    }

    // Of several answers about one certificate the worst holds: revoked, then unknown, then good.
    private List<RevocationFact> ReadAnswers(OcspSingleResponse[] answers, OcspResponse response, Certificate certificate, DateTimeOffset time, EvidenceRemarks remarks)
    {
        var facts = new List<RevocationFact>();
        bool unknown = false;
        foreach (OcspSingleResponse answer in answers)
        {
            unknown |= answer.Status == OcspCertificateStatus.Unknown;
            if (answer.Status != OcspCertificateStatus.Unknown && IsUsable(answer, response, certificate, time, remarks))
            {
                facts.Add(new RevocationFact(answer.ThisUpdate, answer.NextUpdate)
                {
                    RevokedAt = answer.RevokedAt > answer.ThisUpdate ? answer.ThisUpdate : answer.RevokedAt, // RFC 6960 §2.4: known to be revoked then
                    Reason = answer.Reason,
                    InvalidityDate = CertificateExtension.Find(answer.Extensions, ExtensionOid.InvalidityDate) is { } date ? new DerReader(date.Value).ReadGeneralizedTime() : null,
                    OcspResponse = response,
                });
            }
        }

        if (unknown)
        {
            remarks.Add("OCSP: the responder does not know the certificate");
            facts.RemoveAll(fact => fact.RevokedAt is null);
        }

        return facts;
    }

    private bool IsUsable(OcspSingleResponse answer, OcspResponse response, Certificate certificate, DateTimeOffset time, EvidenceRemarks remarks)
    {
        if (Refuse(answer.Extensions) is { } refusal)
        {
            remarks.Add("OCSP: " + refusal);
            return false;
        }

        if (!freshness.Suits("OCSP", answer.ThisUpdate, answer.NextUpdate, time, remarks))
        {
            return false;
        }

        // What was revoked stays so, however old the answer.
        if (answer is { Status: OcspCertificateStatus.Good, NextUpdate: null } && time - answer.ThisUpdate > s_currentWithoutNextUpdate)
        {
            remarks.AddStale(string.Create(CultureInfo.InvariantCulture, $"OCSP: stale (thisUpdate {answer.ThisUpdate:yyyy-MM-dd}, no nextUpdate)"));
            return false;
        }

        // A responder may forget certificates once they expired, unless its archive reaches back (§4.4.4).
        if (answer.Status == OcspCertificateStatus.Good && response.ProducedAt > certificate.NotAfter && !(ArchiveCutoff(answer) <= certificate.NotAfter))
        {
            remarks.Add("OCSP: produced after the certificate expired, without an archive cutoff that reaches back to it");
            return false;
        }

        return true;
    }

    private Certificate? FindResponder(OcspResponse response, Certificate certificate, Certificate issuer, DateTimeOffset time, EvidenceRemarks remarks)
    {
        if (Refuse(response.Extensions) is { } unusable)
        {
            remarks.Add("OCSP: " + unusable);
            return null;
        }

        if (response.ProducedAt > freshness.EvidenceTime || response.ProducedAt < certificate.NotBefore)
        {
            string fault = response.ProducedAt < certificate.NotBefore ? "is before the certificate" : "is in the future";
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"OCSP: producedAt {response.ProducedAt:yyyy-MM-dd'T'HH:mm:ss'Z'} {fault}"));
            return null;
        }

        string? refusal = "its responder is not the issuer, and no authorised responder's certificate was found";
        bool isOutOfBounds = false;
        foreach (Certificate responder in Responders(response, issuer))
        {
            refusal = Refuse(response, responder, issuer, time);
            if (refusal is null)
            {
                return responder;
            }

            isOutOfBounds |= refusal == NotValidNow && time > responder.NotAfter && RefuseSignature(response, responder) is null;
        }

        // ETSI EN 319 102-1 §5.1.3: what lacks is a proof that the answer is older than the end of its responder's certificate.
        if (isOutOfBounds)
        {
            remarks.AddOutOfBounds("OCSP: " + NotValidNow);
            return null;
        }

        remarks.Add("OCSP: " + refusal);
        return null;
    }

    // §4.2.2.2: the issuer itself, or whom the issuer certified for it.
    private IEnumerable<Certificate> Responders(OcspResponse response, Certificate issuer) =>
        new[] { issuer }.Concat(response.Certificates).Concat(question.Certificates).Where(response.NamesResponder);

    private string? Refuse(OcspResponse response, Certificate responder, Certificate issuer, DateTimeOffset time)
    {
        DateTimeOffset at = response.ProducedAt > time ? response.ProducedAt : time;
        bool isIssuer = responder.Subject.Equals(issuer.Subject) && responder.SubjectPublicKeyInfo.Span.SequenceEqual(issuer.SubjectPublicKeyInfo.Span);
        return (isIssuer ? null : RefuseDelegate(responder, issuer, at))
            ?? (policy.Algorithms.Refuse(response.SignatureAlgorithm!, responder, time) is { } weak ? $"{weak} is not believed at this time" : null)
            ?? RefuseSignature(response, responder);
    }

    private string? RefuseDelegate(Certificate responder, Certificate issuer, DateTimeOffset at)
    {
        if (!responder.Issuer.Equals(issuer.Subject) || !signatures.Check(responder, issuer).IsValid)
        {
            return "the responder's certificate was not issued by the certificate's issuer";
        }

        if (responder.ExtendedKeyUsage?.Contains(KeyPurpose.OcspSigning) != true)
        {
            return "the responder's certificate is not for OCSP signing";
        }

        if (responder.KeyUsage is { } usage && (usage & (KeyUsages.DigitalSignature | KeyUsages.ContentCommitment)) == 0)
        {
            return "the responder's key may not sign";
        }

        return at < responder.NotBefore || at > responder.NotAfter ? NotValidNow
            : ProfileRules.UnknownCritical(responder) is not null ? "the responder's certificate has a critical extension that is not understood"
            : policy.Algorithms.Refuse(responder.SignatureAlgorithm, issuer, at) is { } weak ? $"{weak} is not believed at this time"
            : null;
    }

    private string? RefuseSignature(OcspResponse response, Certificate responder)
    {
        SignatureCheck check = signatures.Check(responder, response.SignatureAlgorithm!, response.TbsResponseData, response.SignatureValue);
        return check.IsValid ? null : "its signature: " + check.Reason;
    }

    private static DateTimeOffset? ArchiveCutoff(OcspSingleResponse answer) =>
        CertificateExtension.Find(answer.Extensions, ExtensionOid.OcspArchiveCutoff) is { } extension ? new DerReader(extension.Value).ReadGeneralizedTime() : null;

    private static string? Refuse(IReadOnlyList<CertificateExtension> extensions) =>
        extensions.Any(extension => extension.IsCritical && !s_understood.Contains(extension.Oid)) ? "a critical extension is not understood"
        : CertificateExtension.FindRepeated(extensions) is { } oid ? $"extension {oid} appears twice (X.509 §7.3)"
        : null;
}
