using ESign.Pdf.Objects;
using ESign.Pdf.Verification.Modifications;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.Timestamping;

namespace ESign.Pdf.Verification;

/// <summary>Gathers what is needed to judge one signature: its timestamps, its proofs of existence, the trust in its signer.</summary>
/// <remarks>ETSI EN 319 102-1 §5.5.4 (with time) and §5.6.3 (with the proofs of later document timestamps).</remarks>
internal sealed class SignatureJudge(
    VerificationPolicy policy,
    DateTimeOffset now,
    SignatureCandidate candidate,
    RangeDigests digests,
    IReadOnlyList<Certificate> certificates,
    TimestampJudge timestamps,
    TrustJudge trust,
    ProofsOfExistence proofs,
    TimestampLedger documentTimestamps,
    LongTermMaterial material)
{
    private readonly int _revision = candidate.Signature.RevisionIndex;

    public async ValueTask<SignatureDossier> JudgeAsync(ModificationAnalyzer analyzer, CancellationToken cancellationToken)
    {
        CryptographicFacts facts = candidate.Facts;
        TimestampFindings found = candidate.Signature.IsDocumentTimestamp
            ? TimestampFindings.None
            : await JudgeTimestampsAsync(cancellationToken).ConfigureAwait(false);
        DateTimeOffset? covered = _revision >= 0 ? proofs.OfSignature(_revision) : null;
        DateTimeOffset? provenAt = Earlier(found.NotAfter, covered);
        provenAt = provenAt <= now ? provenAt : null;
        TrustFinding? finding = facts.Form == SignatureForm.Timestamp ? documentTimestamps.FindingOf(candidate.Signature)
            : facts is { Certificate: { } certificate, Problem: null } ? await trust.JudgeAsync(certificate, isTimestampAuthority: false, provenAt, found.NotBefore, cancellationToken).ConfigureAwait(false)
            : null;
        int? evidence = FindEvidence(facts.Certificate);
        return new SignatureDossier
        {
            Policy = policy,
            Now = now,
            View = candidate.View,
            Signature = candidate.Signature,
            Container = candidate.Container,
            Facts = facts,
            Coverage = candidate.Coverage,
            Modifications = _revision >= 0 ? analyzer.After(candidate.Signature) : null,
            ClaimedTime = ReadClaimedTime(),
            Timestamps = found,
            OwnTimestamp = documentTimestamps.ResultOf(candidate.Signature),
            ProvenAt = provenAt,
            Trust = finding,
            MakerTrust = facts.SealVerdict is { MakerCertificate: { } maker }
                ? await trust.JudgeAsync(maker, isTimestampAuthority: false, provenAt, found.NotBefore, cancellationToken).ConfigureAwait(false)
                : null,
            IsDocumentTimestamped = _revision >= 0 && documentTimestamps.Covers(_revision + 1),
            HasStoredEvidence = evidence is not null,
            IsEvidenceTimestamped = evidence is { } revision && documentTimestamps.Covers(Math.Max(revision, _revision + 1)),
        };
    }

    private async ValueTask<TimestampFindings> JudgeTimestampsAsync(CancellationToken cancellationToken)
    {
        var results = new List<TimestampResult>();
        DateTimeOffset? notBefore = null;
        DateTimeOffset? notAfter = null;
        bool isStamped = false;
        foreach (SignatureCandidate.EnclosedToken enclosed in candidate.Tokens)
        {
            if (enclosed.Token is not { } token)
            {
                results.Add(TimestampJudge.Unreadable(enclosed.Kind, enclosed.Problem!));
                continue;
            }

            TimestampVerdict verdict = token.Verify(ContentOf(enclosed.Kind), certificates);
            DateTimeOffset? covered = _revision >= 0 ? proofs.OfSignature(_revision) : null;
            (TimestampResult result, TrustFinding finding) = await timestamps.JudgeAsync(enclosed.Kind, token, verdict, covered, cancellationToken).ConfigureAwait(false);
            results.Add(result);
            isStamped |= enclosed.Kind == TimestampKind.Signature && result is { ImprintIntact: true, SignatureIntact: true };
            if (finding.IsPassed && enclosed.Kind == TimestampKind.Content)
            {
                notBefore = notBefore > token.Time ? notBefore : token.Time;
            }
            else if (finding.IsPassed)
            {
                notAfter = Earlier(notAfter, token.Time);
            }
        }

        if (_revision >= 0 && documentTimestamps.FirstAfter(_revision) is { } covering)
        {
            results.Add(covering);
        }

        return new TimestampFindings(results, notBefore, notAfter, isStamped);
    }

    private SignedContent ContentOf(TimestampKind kind) => kind == TimestampKind.Content && candidate.Signature.ByteRange is { } range
        ? digests.ContentOf(range)
        : SignedContent.FromBytes(candidate.Facts.SignatureValue);

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;

    /// <summary>The first revision whose store has evidence about the signer; null when none has.</summary>
    private int? FindEvidence(Certificate? certificate)
    {
        if (certificate is null)
        {
            return null;
        }

        int? first = null;
        foreach (Pki.Revocation.OcspResponse response in material.OcspResponses)
        {
            if (response.Responses.Any(single => single.Id.SerialNumber.Span.SequenceEqual(certificate.SerialNumber.Span)))
            {
                first = Earliest(first, material.StoreRevisionOf(response.RawData));
            }
        }

        foreach (Pki.Revocation.CertificateRevocationList crl in material.Crls)
        {
            if (crl.Issuer.Equals(certificate.Issuer))
            {
                first = Earliest(first, material.StoreRevisionOf(crl.RawData));
            }
        }

        return first;
    }

    private static int? Earliest(int? a, int? b) => a is null || b < a ? b : a;

    /// <summary>Table 255: /M; signatures without it may carry the signing-time attribute instead.</summary>
    private DateTimeOffset? ReadClaimedTime() =>
        candidate.View.Resolve(candidate.Signature.Dictionary["M"]) is PdfString written && PdfDate.TryParse(written.ToText()) is { } time
            ? time
            : candidate.Facts.Signer?.SigningTime;
}
