using ESign.Pdf.Document;
using ESign.Pdf.Verification.Modifications;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.Validation;

namespace ESign.Pdf.Verification;

/// <summary>One run over one document: read everything, digest the file once, then judge from the newest timestamp to the signatures.</summary>
/// <remarks>
/// ETSI EN 319 102-1 §5.6.3: document timestamps newest first, each adding proofs of existence for what it covers; then
/// every signature with its own timestamps and those proofs.
/// </remarks>
internal sealed class DocumentVerification
{
    private readonly VerificationPolicy _policy;
    private readonly PdfDocument _document;
    private readonly DateTimeOffset _now;
    private readonly DocumentHistory _history;
    private readonly LongTermMaterial _material;
    private readonly ProofsOfExistence _proofs = new();
    private readonly TimestampLedger _documentTimestamps = new();

    public DocumentVerification(VerificationPolicy policy, PdfDocument document)
    {
        _policy = policy;
        _document = document;
        _now = policy.ValidationTime ?? policy.Clock.GetUtcNow();
        _history = new DocumentHistory(document);
        _material = LongTermMaterial.Read(_history);
    }

    public async ValueTask<VerificationResult> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<SignatureUnderTest> signatures = new SignatureFinder(_document, _history).Find();
        SignatureCandidate[] candidates = [.. signatures.Select(signature => SignatureCandidate.Read(_document, _history, signature))];
        CollectMaterial(candidates);
        RangeDigests digests = RangeDigests.Compute(_document.Source, candidates.SelectMany(candidate => candidate.WantedDigests()), cancellationToken);
        IReadOnlyList<Certificate> certificates = [.. _material.Certificates];
        for (int i = 0; i < candidates.Length; i++)
        {
            SignedContent? content = candidates[i].Signature.ByteRange is { } range ? digests.ContentOf(range) : null;
            candidates[i] = candidates[i] with { Facts = candidates[i].Facts.Verify(candidates[i].Container, content, certificates) };
        }

        var trust = new TrustJudge(_policy, _now, _material, _proofs);
        var timestamps = new TimestampJudge(_policy, _now, trust);
        await JudgeDocumentTimestampsAsync(candidates, timestamps, cancellationToken).ConfigureAwait(false);

        var analyzer = new ModificationAnalyzer(_document, _history, signatures);
        var writer = new VerdictWriter(new SignaturePlaces(_document));
        var verdicts = new List<SignatureVerdict>();
        foreach (SignatureCandidate candidate in candidates)
        {
            var judge = new SignatureJudge(_policy, _now, candidate, digests, certificates, timestamps, trust, _proofs, _documentTimestamps, _material);
            verdicts.Add(writer.Write(await judge.JudgeAsync(analyzer, cancellationToken).ConfigureAwait(false)));
        }

        return Conclude(verdicts);
    }

    private void CollectMaterial(IEnumerable<SignatureCandidate> candidates)
    {
        foreach (SignatureCandidate candidate in candidates)
        {
            int revision = candidate.Signature.RevisionIndex >= 0 ? candidate.Signature.RevisionIndex : _history.Count - 1;
            if (candidate.Container.SignedData is { } signedData)
            {
                _material.AddFrom(signedData, revision);
            }

            foreach (Certificate certificate in candidate.Facts.DictionaryCertificates)
            {
                _material.AddCertificate(certificate);
            }

            foreach (SignatureCandidate.EnclosedToken enclosed in candidate.Tokens)
            {
                if (enclosed.Token is { } token)
                {
                    _material.AddFrom(token.SignedData, revision);
                }
            }
        }

        _material.AddGiven(_policy);
    }

    private async ValueTask JudgeDocumentTimestampsAsync(SignatureCandidate[] candidates, TimestampJudge timestamps, CancellationToken cancellationToken)
    {
        foreach (SignatureCandidate candidate in candidates.Where(each => each.Facts is { Token: not null, TokenVerdict: not null }).OrderByDescending(each => each.Signature.RevisionIndex))
        {
            int revision = candidate.Signature.RevisionIndex;
            DateTimeOffset? provenAt = revision >= 0 ? _proofs.OfSignature(revision) : null;
            (TimestampResult result, TrustFinding finding) = await timestamps.JudgeAsync(
                TimestampKind.Document, candidate.Facts.Token!, candidate.Facts.TokenVerdict!, provenAt, cancellationToken).ConfigureAwait(false);
            _documentTimestamps.Add(candidate, result, finding);
            if (finding.IsPassed && candidate.IsIntact)
            {
                _proofs.Add(revision, candidate.Facts.Token!.Time);
            }
        }
    }

    private VerificationResult Conclude(List<SignatureVerdict> verdicts) => new()
    {
        Verdict = verdicts.Count == 0 ? DocumentVerdict.Unsigned
            : verdicts.Exists(verdict => verdict.Indication == Indication.Failed) ? DocumentVerdict.Invalid
            : verdicts.Exists(verdict => verdict.Indication == Indication.Indeterminate) ? DocumentVerdict.Indeterminate
            : DocumentVerdict.Valid,
        Code = verdicts.Count == 0 ? DocumentCode.NoSignature
            : verdicts.Exists(verdict => verdict.Code == DocumentCode.Tampered) ? DocumentCode.Tampered
            : verdicts.Max(verdict => verdict.Code),
        Signatures = verdicts,
        UnsignedFields = [.. _document.SignatureFields.Where(field => !field.IsSigned).Select(field => field.Name)],
        ValidationTime = _now,
        FileLength = _document.Source.Length,
        IsEncrypted = _document.Security is not null,
        Store = StoreContents.Read(_document),
        RevisionCount = _history.Count,
        PageCount = CountPages(),
    };

    private int CountPages()
    {
        try
        {
            return _document.PageCount;
        }
        catch (PdfFormatException)
        {
            return 0;
        }
    }
}
