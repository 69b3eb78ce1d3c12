using ESign.Pdf.Objects;
using ESign.Pdf.Verification.Checks;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.Validation;

namespace ESign.Pdf.Verification;

/// <summary>Runs the checks over a dossier and writes the verdict.</summary>
/// <remarks>ETSI EN 319 102-1 §5.1.3: the first failed check decides; else the first that does not decide; else the signature passed.</remarks>
internal sealed class VerdictWriter(SignaturePlaces places)
{
    public SignatureVerdict Write(SignatureDossier dossier)
    {
        List<CheckResult> checks = [.. CheckList.All.Select(check => check.Evaluate(dossier)).OfType<CheckResult>()];
        CheckResult? decisive = checks.Find(check => check.Outcome == CheckOutcome.Failed)
            ?? checks.Find(check => check.Outcome == CheckOutcome.Indeterminate);
        CryptographicFacts facts = dossier.Facts;
        Certificate? signer = facts.Certificate ?? facts.NamedCertificate;
        return new SignatureVerdict
        {
            Places = places.Of(dossier.Signature),
            IsDocumentTimestamp = dossier.Signature.IsDocumentTimestamp,
            SubFilter = facts.SubFilter,
            Written = WrittenSignature.Of(dossier),
            Indication = decisive?.Outcome switch
            {
                CheckOutcome.Failed => Indication.Failed,
                CheckOutcome.Indeterminate => Indication.Indeterminate,
                _ => IsProven(dossier) ? Indication.Passed : Indication.Indeterminate,
            },
            SubIndication = decisive?.SubIndication ?? (IsProven(dossier) ? SubIndication.None : SubIndication.SignedDataNotFound),
            Level = BaselineProfile.LevelOf(dossier),
            Missing = BaselineProfile.Missing(dossier),
            DigestIntact = facts.Digest == CmsCheck.Passed,
            SignatureIntact = facts.Value == CmsCheck.Passed,
            Trusted = dossier.Trust is { IsPassed: true },
            Coverage = dossier.Coverage.Coverage,
            ByteRange = dossier.Signature.ByteRange,
            Revision = dossier.Signature.RevisionIndex >= 0 ? dossier.Signature.RevisionIndex + 1 : null,
            IsRemoved = dossier.Signature.IsRemoved,
            Modifications = dossier.Modifications,
            DocMdp = dossier.Signature.DocMdp,
            Reason = TextOf(dossier, "Reason"),
            Location = TextOf(dossier, "Location"),
            SigningTime = facts.Token?.Time ?? dossier.ClaimedTime,
            BestSignatureTime = dossier.ProvenAt,
            Certificate = signer,
            CertificatePath = dossier.Trust?.Path?.Path ?? (signer is null ? [] : [signer]),
            Revocation = dossier.Trust?.Path?.Revocation ?? [],
            SignatureValue = dossier.Container.RsaValue ?? facts.SignatureValue,
            ContentDigest = facts.ContentDigest,
            DigestAlgorithm = facts.DigestName,
            SignatureAlgorithm = facts.SignatureName,
            OwnTimestamp = dossier.OwnTimestamp,
            Timestamps = dossier.Timestamps.Results,
            Checks = checks,
        };
    }

    /// <summary>Nothing passes by default: every pillar of a total-passed verdict must have been shown.</summary>
    private static bool IsProven(SignatureDossier dossier) =>
        dossier.Facts is { Digest: CmsCheck.Passed, Value: CmsCheck.Passed }
        && dossier.Container.GapProblem is null
        && dossier.Coverage.Coverage != Coverage.Invalid
        && dossier.Modifications is { Permitted: true }
        && dossier.Trust is { IsPassed: true };

    private static string? TextOf(SignatureDossier dossier, string key) =>
        (dossier.View.Resolve(dossier.Signature.Dictionary[key]) as PdfString)?.ToText();
}
