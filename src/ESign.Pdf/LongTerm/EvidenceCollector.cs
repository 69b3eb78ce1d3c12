using System.Globalization;
using ESign.Pki.Asn1;
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

    /// <summary>Timestamps have no timestamps of their own, or one; hostile ones may hold thousands in each other.</summary>
    private const int MaximumNesting = 4;

    private readonly string _field;
    private readonly IRevocationSource _source;
    private readonly RevocationEvidence _stored;
    private readonly IssuerPool _pool;
    private readonly List<Certificate> _certificates = [];
    private readonly List<ReadOnlyMemory<byte>> _crls = [];
    private readonly List<ReadOnlyMemory<byte>> _responses = [];
    private readonly HashSet<Certificate> _seen = [];
    private readonly List<string> _notes = [];

    /// <summary>When what is being looked at is proven to have existed; null when nothing proves it.</summary>
    private DateTimeOffset? _provenAt;

    /// <param name="field">The field of the signature, for messages.</param>
    /// <param name="source">Where revocation answers come from, and issuers that are not at hand.</param>
    /// <param name="stored">What the document holds already, for when the source has nothing.</param>
    /// <param name="pool">Certificates known already, to find issuers among; it gains those that are met.</param>
    public EvidenceCollector(string field, IRevocationSource source, StoredEvidence stored, IssuerPool pool)
    {
        _field = field;
        _source = source;
        _stored = stored.Revocation;
        _pool = pool;
    }

    /// <summary>Everything collected so far.</summary>
    public ValidationEvidence Evidence => new([.. _certificates.Select(certificate => certificate.RawData)], _crls, _responses);

    /// <summary>What the evidence says against the signature, or leaves open.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The first certificate that the evidence calls revoked.</summary>
    public Certificate? Revoked { get; private set; }

    /// <summary>Collects for a signature and the timestamps in its unsigned attributes, or for a timestamp token itself.</summary>
    /// <exception cref="RevocationUnavailableException">A certificate that needs evidence has none, or the signer's is nowhere.</exception>
    public ValueTask AddAsync(SignedData signedData, CancellationToken cancellationToken) => AddAsync(signedData, nesting: 0, cancellationToken);

    private async ValueTask AddAsync(SignedData signedData, int nesting, CancellationToken cancellationToken)
    {
        _pool.Add(signedData.Certificates);
        foreach (SignerInfo signer in signedData.SignerInfos)
        {
            TimestampToken[] tokens = [.. TimestampsOf(signer)];
            _provenAt = TimestampToken.TryDecode(signedData.RawData, out TimestampToken? itself) ? itself.Time : tokens.FirstOrDefault()?.Time;
            Certificate certificate = _pool.Find(signer.Identifies)
                ?? throw new RevocationUnavailableException($"签名“{_field}”中没有签名证书，也未另行给出 / The signer's certificate is neither in the signature \"{_field}\" nor given.");
            await AddChainAsync(certificate, cancellationToken).ConfigureAwait(false);
            foreach (TimestampToken token in nesting < MaximumNesting ? tokens : [])
            {
                await AddAsync(token.SignedData, nesting + 1, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Collects for a seal signature (GB/T 38540): its signer, the maker of the seal, and its timestamp.</summary>
    /// <param name="signature">The seal signature; it holds the two certificates and none above them.</param>
    /// <param name="certificates">Those above them, from the signature dictionary.</param>
    /// <param name="cancellationToken">Cancels waiting for services.</param>
    /// <exception cref="RevocationUnavailableException">A certificate that needs evidence has none.</exception>
    public async ValueTask AddAsync(SealSignature signature, IReadOnlyList<Certificate> certificates, CancellationToken cancellationToken)
    {
        _pool.Add(certificates);
        _provenAt = signature.Timestamp?.Time;
        await AddChainAsync(signature.Certificate, cancellationToken).ConfigureAwait(false);
        await AddChainAsync(signature.Seal.MakerCertificate, cancellationToken).ConfigureAwait(false);
        if (signature.Timestamp is { } token)
        {
            await AddAsync(token.SignedData, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Collects for a signature whose certificates stand beside it in the dictionary, the signer's first (<c>adbe.x509.rsa_sha1</c>).</summary>
    /// <exception cref="RevocationUnavailableException">A certificate that needs evidence has none.</exception>
    public ValueTask AddAsync(IReadOnlyList<Certificate> certificates, CancellationToken cancellationToken)
    {
        _pool.Add(certificates);
        return AddChainAsync(certificates[0], cancellationToken);
    }

    private static IEnumerable<TimestampToken> TimestampsOf(SignerInfo signer)
    {
        foreach (ReadOnlyMemory<byte> value in signer.UnsignedAttributes.Where(attribute => attribute.Oid == Oids.SignatureTimestamp).SelectMany(attribute => attribute.Values))
        {
            if (TimestampToken.TryDecode(value, out TimestampToken? token))
            {
                yield return token;
            }
        }
    }

    private async ValueTask AddChainAsync(Certificate certificate, CancellationToken cancellationToken)
    {
        for (Certificate? current = certificate; current is not null && _seen.Add(current) && _seen.Count <= MaximumCertificates;)
        {
            _certificates.Add(current);
            if (_pool.IsSelfSigned(current))
            {
                return;
            }

            Certificate? issuer = await FindIssuerAsync(current, cancellationToken).ConfigureAwait(false);
            if (issuer is null)
            {
                if (ReferenceEquals(current, certificate))
                {
                    throw new RevocationUnavailableException($"没有 {current.Subject} 的签发者（{current.Issuer}）的证书，无法取得其吊销信息（签名“{_field}”） / The issuer's certificate of {current.Subject} is missing, so its revocation cannot be asked for: {current.Issuer} (signature \"{_field}\").");
                }

                _notes.Add($"没有 {current.Subject} 的签发者的证书，未收集前者的吊销信息；只有它本身受信任时才足够 / The issuer's certificate of {current.Subject} is not at hand, so no revocation data for it was added: enough only where it is trusted itself.");
                return;
            }

            if (!current.HasOcspNoCheck)
            {
                await AddRevocationAsync(current, issuer, cancellationToken).ConfigureAwait(false);
            }

            current = issuer;
        }
    }

    private async ValueTask<Certificate?> FindIssuerAsync(Certificate certificate, CancellationToken cancellationToken)
    {
        Certificate? known = _pool.FindIssuer(certificate);
        if (known is not null || _source is not IIssuerSource source)
        {
            return known;
        }

        _pool.Add(await source.FindIssuersAsync(certificate, cancellationToken).ConfigureAwait(false));
        return _pool.FindIssuer(certificate);
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
                $"没有证书 {certificate.Subject}（序列号 {certificate.SerialNumberHex}）的吊销信息（签名“{_field}”） / No revocation information for {certificate.Subject} (serial {certificate.SerialNumberHex}, signature \"{_field}\").");
        }

        NoteRevocation(found, certificate, issuer);
        NoteAge(found, certificate, issuer);
        _crls.AddRange(found.Crls.Select(crl => crl.RawData));
        foreach (OcspResponse response in found.OcspResponses)
        {
            _responses.Add(response.RawData);
            _pool.Add(response.Certificates);
            foreach (Certificate responder in response.Certificates)
            {
                await AddChainAsync(responder, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void NoteRevocation(RevocationEvidence found, Certificate certificate, Certificate issuer)
    {
        CrlEntry[] entries = [.. found.Crls.Select(crl => crl.Find(certificate.Issuer, certificate.SerialNumber)).OfType<CrlEntry>()];
        bool isReleased = entries.Any(entry => entry.Reason == RevocationReason.RemoveFromCrl); // a delta lifts the suspension its complete list states
        DateTimeOffset? revokedAt = found.OcspResponses.SelectMany(response => response.Responses)
            .Where(single => single.Status == OcspCertificateStatus.Revoked && single.Id.Names(certificate, issuer))
            .Select(single => single.RevokedAt)
            .Concat(entries.Where(entry => entry.Reason != RevocationReason.RemoveFromCrl && !(isReleased && entry.Reason == RevocationReason.CertificateHold)).Select(entry => (DateTimeOffset?)entry.RevokedAt))
            .FirstOrDefault(time => time is not null);
        if (revokedAt is { } time)
        {
            Revoked ??= certificate;
            _notes.Add($"证书 {certificate.Subject} 已于 {Text(time)} 吊销 / The certificate of {certificate.Subject} was revoked at {Text(time)}.");
        }
    }

    /// <summary>Revocation data that had run out before the signature existed says nothing about its time (EN 319 102-1 §5.2.5).</summary>
    private void NoteAge(RevocationEvidence found, Certificate certificate, Certificate issuer)
    {
        IEnumerable<DateTimeOffset?> ends = found.Crls.Select(crl => crl.NextUpdate)
            .Concat(found.OcspResponses.SelectMany(response => response.Responses).Where(single => single.Id.Names(certificate, issuer)).Select(single => single.NextUpdate));
        if (_provenAt is { } time && ends.All(end => end < time))
        {
            _notes.Add($"证书 {certificate.Subject} 的吊销信息在 {Text(time)} 之前已过期，请用更新的再次延长 / The revocation data for {certificate.Subject} had run out before {Text(time)}: extend again with newer data.");
        }
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// What decides about the certificate: lists and answers that someone known signed – lists under their issuer's name, for names
    /// are shared – and no answers that it is unknown.
    /// </summary>
    private RevocationEvidence Usable(RevocationEvidence evidence, Certificate certificate, Certificate issuer)
    {
        RevocationEvidence about = evidence.About(certificate, issuer);
        return new RevocationEvidence(
            [.. about.Crls.Where(crl => IsSigned(crl, issuer) || _pool.Find(known => IsSigned(crl, known)) is not null)],
            [.. about.OcspResponses.Where(response => IsSigned(response, issuer) && response.Responses.Any(single => single.Status != OcspCertificateStatus.Unknown && single.Id.Names(certificate, issuer)))]);
    }

    private static bool IsSigned(CertificateRevocationList crl, Certificate signer) =>
        crl.Issuer.Equals(signer.Subject)
        && SignatureVerifier.Verify(signer.SubjectPublicKeyInfo.Span, crl.SignatureAlgorithm, crl.TbsCertList.Span, crl.SignatureValue.Span);

    private bool IsSigned(OcspResponse response, Certificate issuer) =>
        IsSignedBy(issuer, response) || response.Certificates.Any(responder => IsSignedBy(responder, response)) || _pool.Find(known => IsSignedBy(known, response)) is not null;

    private static bool IsSignedBy(Certificate responder, OcspResponse response) => response.SignatureAlgorithm is { } algorithm
        && response.NamesResponder(responder)
        && SignatureVerifier.Verify(responder.SubjectPublicKeyInfo.Span, algorithm, response.TbsResponseData.Span, response.SignatureValue.Span);
}
