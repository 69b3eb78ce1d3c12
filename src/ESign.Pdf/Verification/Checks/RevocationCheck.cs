using ESign.Pki.Validation;

namespace ESign.Pdf.Verification.Checks;

/// <summary>What is known about revocation. Whether that suffices is decided with the certificate path.</summary>
internal sealed class RevocationCheck() : VerificationCheck(CheckRule.Revocation, "RFC 5280 §6.3; RFC 6960")
{
    public override CheckResult? Evaluate(SignatureDossier dossier)
    {
        if (dossier.Trust?.Path is not { Revocation.Count: > 0 } path)
        {
            return null;
        }

        CertificateStatus status = path.Revocation[0];
        return status.Status switch
        {
            RevocationStatus.Good when status.RevokedAt is { } later => Warning(Text($"签名证书后来于 {later:u} 被吊销 / the signer's certificate was revoked later, at {later:u}")),
            RevocationStatus.Good => Passed(Text($"签名证书未被吊销（证据时间 {status.ThisUpdate:u}） / the signer's certificate is not revoked (evidence of {status.ThisUpdate:u})")),
            RevocationStatus.Revoked => Warning(Text($"签名证书已于 {status.RevokedAt:u} 被吊销 / the signer's certificate was revoked at {status.RevokedAt:u}")),
            RevocationStatus.OnHold => Warning("证书已挂起 / the signer's certificate is on hold"),
            _ => Warning("吊销状态未知 / the revocation status is unknown"),
        };
    }
}
