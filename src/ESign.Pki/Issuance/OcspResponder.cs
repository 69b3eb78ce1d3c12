using System.Collections.Concurrent;
using System.Security.Cryptography;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using ESign.Pki.Revocation;

namespace ESign.Pki.Issuance;

/// <summary>Answers OCSP requests about one authority's certificates.</summary>
/// <remarks>
/// RFC 6960, RFC 5019 (cached answers, GET), RFC 9654 (nonces of 1 to 128 octets). A serial number that was never issued is
/// <c>unknown</c>, never <c>good</c>. Cached answers are used only while the certificate's status is what it was when signed.
/// </remarks>
public sealed class OcspResponder
{
    /// <summary>A GET path longer than this is no base64 of a request about one certificate (RFC 5019 §5: 255 is usual).</summary>
    private const int MaximumGetLength = 4096;

    private readonly CertificateAuthority _authority;
    private readonly SigningCredential _responder;
    private readonly OcspResponderOptions _options;
    private readonly byte[] _responderKeyHash;
    private readonly IReadOnlyList<CertificateExtension> _archiveCutoff;
    private readonly ConcurrentDictionary<string, CertificateId> _issuer = new(StringComparer.Ordinal); // by digest, of which there are few
    private readonly ConcurrentDictionary<string, CachedAnswer> _cache = new(StringComparer.Ordinal);
    private uint _fresh;

    /// <summary>Makes a responder.</summary>
    /// <param name="authority">The authority whose certificates it answers about.</param>
    /// <param name="responder">
    /// What signs answers: a certificate the authority issued under <see cref="CertificateProfile.OcspResponder"/>, with its key.
    /// </param>
    /// <param name="options">Periods and modes; defaults when absent.</param>
    /// <exception cref="ArgumentException">The certificate was not issued by the authority for OCSP signing.</exception>
    public OcspResponder(CertificateAuthority authority, SigningCredential responder, OcspResponderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(authority);
        ArgumentNullException.ThrowIfNull(responder);
        Certificate certificate = responder.Certificate;
        bool delegated = certificate.ExtendedKeyUsage?.Contains(KeyPurpose.OcspSigning) == true
            && certificate.AuthorityKeyIdentifier?.KeyIdentifier is { } issuer && issuer.Span.SequenceEqual(authority.KeyIdentifier.Span);
        if (!delegated)
        {
            throw new ArgumentException("OCSP证书应由该CA签发并带有OCSPSigning用途 / The responder's certificate is not issued by the authority for OCSP signing (RFC 6960 §4.2.2.2)", nameof(responder));
        }

        _authority = authority;
        _responder = responder;
        _options = options ?? new OcspResponderOptions();
        _responderKeyHash = SHA1.HashData(SubjectPublicKeyInfo.Decode(certificate.SubjectPublicKeyInfo).PublicKey.Span);
        _archiveCutoff = [OcspEncoding.ArchiveCutoffExtension(_options.ArchiveCutoff ?? authority.Certificate.NotBefore)];
    }

    /// <summary>Answers the path of a GET request: the part after the responder's own address.</summary>
    /// <param name="path">The base64 of the DER request, URL-encoded or not (RFC 6960 appendix A.1).</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The answer; an error response when the path is no request.</returns>
    public ValueTask<OcspAnswer> AnswerGetAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length > MaximumGetLength)
        {
            return ValueTask.FromResult(Error(OcspResponseStatus.MalformedRequest));
        }

        // Some clients send '+' and '/' as they are; an unescaped '+' is never a space in a path.
        string base64 = Uri.UnescapeDataString(path.TrimStart('/'));
        byte[] request = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, request, out int length)
            ? AnswerAsync(request.AsMemory(0, length), cancellationToken)
            : ValueTask.FromResult(Error(OcspResponseStatus.MalformedRequest));
    }

    /// <summary>Answers a request (the body of a POST).</summary>
    /// <param name="request">The DER request (<c>application/ocsp-request</c>).</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The answer; an error response when the bytes are no request.</returns>
    public async ValueTask<OcspAnswer> AnswerAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default)
    {
        OcspRequest decoded;
        ReadOnlyMemory<byte>? nonce;
        try
        {
            decoded = OcspRequest.Decode(request);
            nonce = decoded.Nonce;
        }
        catch (Asn1FormatException)
        {
            return Error(OcspResponseStatus.MalformedRequest);
        }

        // RFC 9654 §2.1: 0 octets or more than 128 MUST be rejected.
        bool badNonce = nonce is { Length: 0 or > 128 };
        bool unknownCritical = decoded.Extensions.Any(extension => extension.IsCritical && extension.Oid is not ExtensionOid.OcspNonce);
        if (badNonce || unknownCritical || decoded.Certificates.Count == 0)
        {
            return Error(OcspResponseStatus.MalformedRequest);
        }

        // An answer of an expired responder convinces nobody.
        DateTimeOffset now = TbsCertificateWriter.ToSecond(_authority.Options.TimeProvider.GetUtcNow());
        if (now >= _responder.Certificate.NotAfter)
        {
            return Error(OcspResponseStatus.InternalError);
        }

        bool[] ours = [.. decoded.Certificates.Select(IsOurs)];
        if (!ours.Contains(true))
        {
            return Error(OcspResponseStatus.Unauthorized);
        }

        if (decoded.Certificates.Count == 1 && (nonce is null || !_options.AnswersNonces))
        {
            return await AnswerFromCacheAsync(decoded.Certificates[0], cancellationToken).ConfigureAwait(false);
        }

        var singles = new List<OcspSingleResponse>(decoded.Certificates.Count);
        for (int i = 0; i < ours.Length; i++)
        {
            CertificateRecord? record = ours[i] ? await FindAsync(decoded.Certificates[i], cancellationToken).ConfigureAwait(false) : null;
            singles.Add(Describe(decoded.Certificates[i], record, now));
        }

        CertificateExtension[] extensions = nonce is { } value && _options.AnswersNonces ? [OcspEncoding.NonceExtension(value)] : [];
        byte[]? response = await SignAsync(singles, extensions, now, extensions.Length == 0 || (Interlocked.Increment(ref _fresh) - 1) % _options.VerifyOneIn == 0, cancellationToken).ConfigureAwait(false);
        return response is null ? Error(OcspResponseStatus.InternalError) : new OcspAnswer(response, OcspResponseStatus.Successful, now, NextUpdateAfter(now), extensions.Length == 0);
    }

    private static OcspAnswer Error(OcspResponseStatus status) =>
        new(OcspResponse.EncodeError(status), status, thisUpdate: null, nextUpdate: null, isCacheable: false);

    // RFC 5019: answers without a nonce are signed ahead and shared, each for half its life.
    private async ValueTask<OcspAnswer> AnswerFromCacheAsync(CertificateId id, CancellationToken cancellationToken)
    {
        CertificateRecord? record = await FindAsync(id, cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = TbsCertificateWriter.ToSecond(_authority.Options.TimeProvider.GetUtcNow());
        string key = $"{id.HashAlgorithm}:{Convert.ToHexString(id.SerialNumber.Span)}";
        if (_cache.TryGetValue(key, out CachedAnswer? cached) && cached.IsFor(record) && now >= cached.Answer.ThisUpdate && now < cached.RefreshAt)
        {
            return cached.Answer;
        }

        byte[]? response = await SignAsync([Describe(id, record, now)], [], now, withCheck: true, cancellationToken).ConfigureAwait(false);
        if (response is null)
        {
            return Error(OcspResponseStatus.InternalError);
        }

        var answer = new OcspAnswer(response, OcspResponseStatus.Successful, now, NextUpdateAfter(now), isCacheable: true);

        // Serials nobody issued are not kept: a stranger could fill the cache with them.
        if (record is not null)
        {
            if (_cache.Count >= _options.CachedAnswers)
            {
                _cache.Clear();
            }

            _cache[key] = new CachedAnswer(answer, record.Status, record.StatusChangedAt, now + (_options.Validity / 2));
        }

        return answer;
    }

    // Null when what was signed does not pass as an answer: then nothing leaves.
    private async ValueTask<byte[]?> SignAsync(IReadOnlyList<OcspSingleResponse> singles, IReadOnlyList<CertificateExtension> extensions, DateTimeOffset now, bool withCheck, CancellationToken cancellationToken)
    {
        byte[] data = OcspResponse.EncodeResponseData(_responderKeyHash, now, singles, extensions);
        byte[] signature = await _responder.Key.SignAsync(data, cancellationToken).ConfigureAwait(false);
        byte[] response = OcspResponse.Encode(data, _responder.Key.Algorithm.Identifier, signature, [_responder.Certificate]);
        return OcspSelfCheck.Find(response, singles, _responder.Certificate, now, withCheck) is null ? response : null;
    }

    private OcspSingleResponse Describe(CertificateId id, CertificateRecord? record, DateTimeOffset now)
    {
        OcspCertificateStatus status = record switch
        {
            { Revocation: not null } => OcspCertificateStatus.Revoked,
            { Status: CertificateState.Issued } => OcspCertificateStatus.Good,
            _ => OcspCertificateStatus.Unknown,
        };
        RevocationReason? reason = record?.Revocation?.Reason;
        return new OcspSingleResponse(id, status, now)
        {
            NextUpdate = NextUpdateAfter(now),
            RevokedAt = record?.Revocation?.RevokedAt,
            Reason = reason == RevocationReason.Unspecified ? null : reason,
            Extensions = status == OcspCertificateStatus.Unknown ? [] : _archiveCutoff,
        };
    }

    // No answer outlives the certificate it is verified with.
    private DateTimeOffset NextUpdateAfter(DateTimeOffset now)
    {
        DateTimeOffset next = now + _options.Validity;
        return next < _responder.Certificate.NotAfter ? next : _responder.Certificate.NotAfter;
    }

    private ValueTask<CertificateRecord?> FindAsync(CertificateId id, CancellationToken cancellationToken) =>
        _authority.Repository.FindAsync(_authority.Id, Convert.ToHexStringLower(id.SerialNumber.Span), cancellationToken);

    private bool IsOurs(CertificateId id)
    {
        if (DigestAlgorithm.FromOid(id.HashAlgorithm.Oid) is not { } digest)
        {
            return false;
        }

        CertificateId expected = _issuer.GetOrAdd(digest.Oid, static (_, given) => CertificateId.Create(given.Issuer, default, given.Digest), (Issuer: _authority.Certificate, Digest: digest));
        return id.IssuerNameHash.Span.SequenceEqual(expected.IssuerNameHash.Span) && id.IssuerKeyHash.Span.SequenceEqual(expected.IssuerKeyHash.Span);
    }

    private sealed record CachedAnswer(OcspAnswer Answer, CertificateState State, DateTimeOffset? ChangedAt, DateTimeOffset RefreshAt)
    {
        public bool IsFor(CertificateRecord? record) => record is not null && record.Status == State && record.StatusChangedAt == ChangedAt;
    }
}
