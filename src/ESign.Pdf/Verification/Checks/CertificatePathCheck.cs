using ESign.Pki.Validation;

namespace ESign.Pdf.Verification.Checks;

/// <summary>Whether a trust anchor vouches for the signer at the time that counts.</summary>
internal sealed class CertificatePathCheck() : VerificationCheck(CheckRule.CertificatePath, "ETSI EN 319 102-1 §5.2.6, §5.5.4, §5.6.2")
{
    public override CheckResult? Evaluate(SignatureDossier dossier) => dossier.Trust switch
    {
        null => null,
        { Indication: Indication.Passed } trust => Passed(trust.Message),
        { Indication: Indication.Failed } trust => Failed(trust.SubIndication, trust.Message),
        TrustFinding trust => Indeterminate(trust.SubIndication, trust.Message),
    };
}
