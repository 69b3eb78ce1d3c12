using System.Globalization;
using ESign.Pki.Certificates;

namespace ESign.Pdf.Signing;

/// <summary>Whether a certificate may sign a document now; signing with one that may not would only make an invalid signature.</summary>
/// <remarks>RFC 5280 §4.2.1.3: digitalSignature or nonRepudiation (contentCommitment), when key usage is stated at all.</remarks>
internal static class CertificateUse
{
    /// <exception cref="SigningRefusedException">The certificate is outside its validity or its key usage forbids signing.</exception>
    public static void RefuseUnfit(Certificate certificate, DateTimeOffset time)
    {
        if (time < certificate.NotBefore || time > certificate.NotAfter)
        {
            throw new SigningRefusedException(
                SigningRefusal.Certificate,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"签署时间 {time.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z 不在证书有效期 {certificate.NotBefore.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z 至 {certificate.NotAfter.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z 内 / The certificate is not valid at the signing time {time.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z: {certificate.NotBefore.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z to {certificate.NotAfter.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z."));
        }

        if (certificate.KeyUsage is { } usage && (usage & (KeyUsages.DigitalSignature | KeyUsages.ContentCommitment)) == 0)
        {
            throw new SigningRefusedException(
                SigningRefusal.Certificate,
                $"证书的密钥用途（{usage}）不允许签名 / The key usage of the certificate allows no signatures: {usage}.");
        }
    }

    /// <exception cref="SigningRefusedException">There is one: the revocation answers just embedded would prove the signature worthless.</exception>
    public static void RefuseRevoked(Certificate? revoked)
    {
        if (revoked is not null)
        {
            throw new SigningRefusedException(SigningRefusal.Certificate, $"证书已被吊销：{revoked.Subject} / The certificate is revoked: {revoked.Subject}.");
        }
    }
}
