using ESign.Pki.Names;

namespace ESign.Pki.Issuance;

/// <summary>Asks an authority for a certificate: a verified subject and its public key.</summary>
public sealed record IssuanceRequest
{
    /// <summary>Who the certificate is for, as verified by the caller.</summary>
    public required CertificateSubject Subject { get; init; }

    /// <summary>The subject's public key as DER <c>SubjectPublicKeyInfo</c>.</summary>
    public required ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; init; }

    /// <summary>How long the certificate shall be valid; the profile's default (no longer than the issuer) when absent.</summary>
    public TimeSpan? Validity { get; init; }

    /// <summary>A verified mail address for the subject alternative name, or <see langword="null"/>.</summary>
    public string? EmailAddress
    {
        get;
        init => field = value is null || IsAddress(value)
            ? value
            : throw new ArgumentException($"电子邮件地址格式错误：{value} / Not a mail address (RFC 5321 Mailbox in ASCII): {value}", nameof(value));
    }

    /// <summary>Where the evidence of the subject's verification lies; recorded, never published.</summary>
    public string? EvidenceReference { get; init; }

    /// <summary>
    /// Makes a request from a PKCS#10 certificate signing request. Only the public key is taken, after its proof of
    /// possession was checked; names and extensions the CSR claims are ignored.
    /// </summary>
    /// <param name="pem">The CSR as PEM (<c>CERTIFICATE REQUEST</c>).</param>
    /// <param name="verifiedSubject">Who it is for, as verified by the caller.</param>
    /// <returns>The request.</returns>
    /// <exception cref="Asn1.Asn1FormatException">The text is not a CSR.</exception>
    /// <exception cref="IssuanceRefusedException">The CSR's signature does not verify with its own key.</exception>
    public static IssuanceRequest FromCsr(string pem, CertificateSubject verifiedSubject)
    {
        ArgumentNullException.ThrowIfNull(pem);
        ArgumentNullException.ThrowIfNull(verifiedSubject);
        return FromCsr(CertificationRequest.FromPem(pem), verifiedSubject);
    }

    /// <summary>Makes a request from a PKCS#10 certificate signing request in DER; otherwise as the PEM overload.</summary>
    /// <param name="der">The CSR as DER.</param>
    /// <param name="verifiedSubject">Who it is for, as verified by the caller.</param>
    /// <returns>The request.</returns>
    /// <exception cref="Asn1.Asn1FormatException">The bytes are not a CSR.</exception>
    /// <exception cref="IssuanceRefusedException">The CSR's signature does not verify with its own key.</exception>
    public static IssuanceRequest FromCsr(ReadOnlyMemory<byte> der, CertificateSubject verifiedSubject)
    {
        ArgumentNullException.ThrowIfNull(verifiedSubject);
        return FromCsr(CertificationRequest.Decode(der), verifiedSubject);
    }

    private static IssuanceRequest FromCsr(CertificationRequest csr, CertificateSubject verifiedSubject)
    {
        if (!csr.ProvesPossession())
        {
            throw new IssuanceRefusedException(
                "proof-of-possession",
                ["证书请求的签名验证失败，无法证明持有私钥 / The request's signature does not verify: possession of the private key is not proved (RFC 2986 §3)"]);
        }

        return new IssuanceRequest { Subject = verifiedSubject, SubjectPublicKeyInfo = csr.SubjectPublicKeyInfo };
    }

    private static bool IsAddress(string value)
    {
        int at = value.IndexOf('@', StringComparison.Ordinal);
        return at is > 0 and <= 64 && at < value.Length - 1 && value.Length <= 254 && value.LastIndexOf('@') == at
            && value.All(c => c is > ' ' and <= '~' and not ('<' or '>' or '(' or ')' or ',' or ';' or ':' or '"' or '\\'));
    }
}
