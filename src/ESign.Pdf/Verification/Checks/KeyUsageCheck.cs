using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Validation;

namespace ESign.Pdf.Verification.Checks;

/// <summary>Whether the signer's key may sign documents.</summary>
internal sealed class KeyUsageCheck() : VerificationCheck(CheckRule.KeyUsage, "RFC 5280 §4.2.1.3")
{
    public override CheckResult? Evaluate(SignatureDossier dossier)
    {
        if (dossier.Facts.Certificate is not { } certificate)
        {
            return null;
        }

        try
        {
            return certificate.KeyUsage is not { } usage || (usage & (KeyUsages.DigitalSignature | KeyUsages.ContentCommitment)) != 0
                ? Passed("密钥可用于签名 / the key may be used for signing")
                : Indeterminate(SubIndication.ChainConstraintsFailure, $"密钥不可用于签署文件（{usage}） / the key may not be used for signing documents ({usage})");
        }
        catch (Asn1FormatException)
        {
            return Indeterminate(SubIndication.ChainConstraintsFailure, "密钥用途无法读取 / the key usage cannot be read");
        }
    }
}
