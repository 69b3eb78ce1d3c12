using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.ElectronicSeals;
using ESign.Pki.Keys;
using ESign.Pki.Revocation;
using ESign.Pki.Timestamping;

namespace ESign.Pdf.LongTerm;

/// <summary>Collects what proves a signature valid later: chains and revocation answers of signer, timestamps and responders.</summary>
/// <remarks>
/// EN 319 142-1 §5.4.1: evidence for the signing certificate, the timestamp authorities' certificates, and the certificates
/// that sign that evidence. Certificates marked ocsp-nocheck need none of their own (RFC 6960 §4.2.2.2.1).
/// </remarks>
internal sealed class EvidenceCollector
{
    /// <summary>A chain, its responders' and its authorities' chains are about a dozen certificates; more is a loop or an attack.</summary>
    private const int MaximumCertificates = 128;

    private readonly IRevocationSource _source;
    private readonly RevocationEvidence _stored;
    private readonly List<Certificate> _pool;
    private readonly List<Certificate> _certificates = [];
    private readonly List<ReadOnlyMemory<byte>> _crls = [];
    private readonly List<ReadOnlyMemory<byte>> _responses = [];
    private readonly HashSet<Certificate> _seen = [];

    /// <param name="source">Where revocation answers come from.</param>
    /// <param name="stored">What the document holds already, for when the source has nothing.</param>
    /// <param name="pool">Certificates known already, to find issuers among.</param>
    public EvidenceCollector(IRevocationSource source, StoredEvidence stored, IEnumerable<Certificate> pool)
    {
        _source = source;
        _stored = stored.Revocation;
        _pool = [.. pool, .. stored.Certificates];
    }

    /// <summary>Everything collected so far.</summary>
    public ValidationEvidence Evidence => new([.. _certificates.Select(certificate => certificate.RawData)], _crls, _responses);

    /// <summary>Collects for a signature and the timestamps in its unsigned attributes, or for a timestamp token itself.</summary>
    /// <exception cref="RevocationUnavailableException">A certificate that needs evidence has none.</exception>
    public async ValueTask AddAsync(SignedData signedData, CancellationToken cancellationToken)
    {
        _pool.AddRange(signedData.Certificates);
        foreach (SignerInfo signer in signedData.SignerInfos)
        {
            if (_pool.Find(signer.Identifies) is { } certificate)
            {
                await AddChainAsync(certificate, cancellationToken).ConfigureAwait(false);
            }

            if (signer.FindUnsignedAttribute(Pki.Asn1.Oids.SignatureTimestamp) is { } attribute
                && TimestampToken.TryDecode(attribute.Values[0], out TimestampToken? token))
            {
                await AddAsync(token.SignedData, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Collects for a seal signature (GB/T 38540): its signer, the maker of the seal, and its timestamp.</summary>
    /// <param name="signature">The seal signature; it holds the two certificates and none above them.</param>
    /// <param name="certificates">Those above them, from the signature dictionary.</param>
    /// <param name="cancellationToken">Cancels waiting for services.</param>
    /// <exception cref="RevocationUnavailableException">A certificate that needs evidence has none.</exception>
    public async ValueTask AddAsync(SealSignature signature, IEnumerable<Certificate> certificates, CancellationToken cancellationToken)
    {
        _pool.AddRange(certificates);
        await AddChainAsync(signature.Certificate, cancellationToken).ConfigureAwait(false);
        await AddChainAsync(signature.Seal.MakerCertificate, cancellationToken).ConfigureAwait(false);
        if (signature.Timestamp is { } token)
        {
            await AddAsync(token.SignedData, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask AddChainAsync(Certificate certificate, CancellationToken cancellationToken)
    {
        for (Certificate? current = certificate; current is not null && _seen.Add(current) && _seen.Count <= MaximumCertificates;)
        {
            _certificates.Add(current);
            if (IsSelfIssued(current))
            {
                return;
            }

            Certificate? issuer = FindIssuer(current);
            if (issuer is null)
            {
                if (ReferenceEquals(current, certificate))
                {
                    throw new RevocationUnavailableException($"没有 {current.Subject} 的签发者（{current.Issuer}）的证书，无法取得其吊销信息 / The issuer's certificate of {current.Subject} is missing, so its revocation cannot be asked for: {current.Issuer}.");
                }

                return; // a trust anchor that is no root
            }

            if (!current.HasOcspNoCheck)
            {
                await AddRevocationAsync(current, issuer, cancellationToken).ConfigureAwait(false);
            }

            current = issuer;
        }
    }

    private async ValueTask AddRevocationAsync(Certificate certificate, Certificate issuer, CancellationToken cancellationToken)
    {
        RevocationEvidence found = Usable(await _source.FindAsync(certificate, issuer, cancellationToken).ConfigureAwait(false), certificate, issuer);
        if (found.IsEmpty)
        {
            found = Usable(_stored, certificate, issuer);
        }

        if (found.IsEmpty)
        {
            throw new RevocationUnavailableException(
                $"没有证书 {certificate.Subject}（序列号 {certificate.SerialNumberHex}）的吊销信息 / No revocation information for {certificate.Subject} (serial {certificate.SerialNumberHex}).");
        }

        _crls.AddRange(found.Crls.Select(crl => crl.RawData));
        foreach (OcspResponse response in found.OcspResponses)
        {
            _responses.Add(response.RawData);
            _pool.AddRange(response.Certificates);
            foreach (Certificate responder in response.Certificates)
            {
                await AddChainAsync(responder, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What is about the certificate; a list must be signed by someone known under its issuer's name, for names are shared.</summary>
    private RevocationEvidence Usable(RevocationEvidence evidence, Certificate certificate, Certificate issuer)
    {
        RevocationEvidence about = evidence.About(certificate, issuer);
        return about with { Crls = [.. about.Crls.Where(crl => IsSigned(crl, issuer) || _pool.Any(known => IsSigned(crl, known)))] };
    }

    private static bool IsSigned(CertificateRevocationList crl, Certificate signer) =>
        crl.Issuer.Equals(signer.Subject)
        && SignatureVerifier.Verify(signer.SubjectPublicKeyInfo.Span, crl.SignatureAlgorithm, crl.TbsCertList.Span, crl.SignatureValue.Span);

    private Certificate? FindIssuer(Certificate certificate) => _pool.Find(candidate =>
        candidate.Subject.Equals(certificate.Issuer)
        && SignatureVerifier.Verify(candidate.SubjectPublicKeyInfo.Span, certificate.SignatureAlgorithm, certificate.TbsCertificate.Span, certificate.SignatureValue.Span));

    private static bool IsSelfIssued(Certificate certificate) => certificate.Subject.Equals(certificate.Issuer)
        && SignatureVerifier.Verify(certificate.SubjectPublicKeyInfo.Span, certificate.SignatureAlgorithm, certificate.TbsCertificate.Span, certificate.SignatureValue.Span);
}
