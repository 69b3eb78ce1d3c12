using System.Formats.Asn1;
using System.Security.Cryptography;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;

namespace ESign.Tsa;

/// <summary>A timestamp authority: answers RFC 3161 requests, in this process or behind HTTP.</summary>
/// <remarks>
/// RFC 3161 §2, RFC 5816, profile of EN 319 422: accuracy stated, ESSCertIDv2 with issuer and serial number, one signer,
/// signed attributes content-type, message-digest, signing-certificate-v2 and cmsAlgorithmProtection. Thread-safe.
/// Every token is checked before it leaves, its signature too unless the options say otherwise; when the clock is in doubt nothing leaves.
/// </remarks>
public sealed class TimestampAuthority : ITimestampSource
{
    private readonly ISigningKey _key;
    private readonly TimestampAuthorityOptions _options;
    private readonly TimeProvider _time;
    private readonly SignedDataBuilder _withCertificates;
    private readonly SignedDataBuilder _withoutCertificates;
    private readonly DateTimeOffset _notAfter;
    private readonly byte[]? _name;
    private readonly Certificate[] _ownCertificate;
    private readonly Certificate[] _knownCertificates;
    private readonly Dictionary<string, byte[]> _encodedPolicies;
    private long _made;

    /// <summary>Makes an authority.</summary>
    /// <param name="credential">The certificate (critical extended key usage, timeStamping alone), its issuers and its key; not disposed.</param>
    /// <param name="options">Policies, serial numbers, clock guard.</param>
    /// <param name="timeProvider">The clock; the system's when <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">The certificate may not stamp times, or a policy is out of range.</exception>
    public TimestampAuthority(SigningCredential credential, TimestampAuthorityOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentNullException.ThrowIfNull(options);
        ThrowIfUnfit(credential.Certificate, options);
        Certificate = credential.Certificate;
        _key = credential.Key;
        _options = options;
        _time = timeProvider ?? TimeProvider.System;
        var profile = new SignedAttributesProfile { ProtectAlgorithms = true, IncludeIssuerSerial = true };
        _withCertificates = new SignedDataBuilder(Certificate, credential.Issuers, _key.Algorithm, profile, Oids.TimestampInfo);
        _withoutCertificates = _withCertificates.WithoutCertificates();
        _notAfter = PrivateKeyUsagePeriod.EndOf(Certificate);
        _name = options.NameAuthority ? EncodeName(Certificate) : null;
        _ownCertificate = [Certificate];
        _knownCertificates = [Certificate, .. credential.Issuers];
        _encodedPolicies = options.Policies.Select(policy => policy.Oid).Distinct(StringComparer.Ordinal).ToDictionary(oid => oid, EncodeIdentifier, StringComparer.Ordinal);
    }

    /// <summary>The authority's certificate.</summary>
    public Certificate Certificate { get; }

    /// <summary>The policies offered, the default first.</summary>
    public IReadOnlyList<TimestampPolicy> Policies => _options.Policies;

    /// <inheritdoc/>
    /// <remarks>The statement itself takes at most some 400 bytes: nonce of 128 octets, serial number, SHA-512 imprint.</remarks>
    public int MaximumTokenSize => _withCertificates.MaximumSize() + 512 + (_name?.Length ?? 0);

    /// <inheritdoc/>
    public async ValueTask<TimestampToken> GetTimestampAsync(DigestAlgorithm algorithm, ReadOnlyMemory<byte> imprint, CancellationToken cancellationToken = default)
    {
        TimestampResponse response = await IssueAsync(new TimestampRequest(algorithm, imprint), cancellationToken).ConfigureAwait(false);
        string reasons = string.Join("; ", response.StatusTexts);
        return response.Token ?? throw new TimestampUnavailableException(
            $"时间戳服务拒绝（{response.FailureInfo}），没有加盖时间戳：{reasons} / The timestamp authority refused ({response.FailureInfo}), so no timestamp was added: {reasons}")
        {
            FailureInfo = response.FailureInfo,
        };
    }

    /// <summary>Answers an encoded request, whatever its bytes are.</summary>
    /// <param name="request">The body of an <c>application/timestamp-query</c>.</param>
    /// <param name="cancellationToken">Cancels the key operation.</param>
    /// <returns>The body of the <c>application/timestamp-reply</c>.</returns>
    public async ValueTask<byte[]> RespondAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default) =>
        (await AnswerAsync(request, cancellationToken).ConfigureAwait(false)).Encode();

    /// <summary>As <see cref="RespondAsync"/>, for a caller that keeps a record of the token.</summary>
    internal ValueTask<TimestampResponse> AnswerAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        TimestampRequest decoded;
        try
        {
            decoded = TimestampRequest.Decode(request);
        }
        catch (Asn1FormatException exception)
        {
            TimestampFailureInfo reason = exception.Code == Asn1ErrorCode.UnexpectedValue ? TimestampFailureInfo.BadRequest : TimestampFailureInfo.BadDataFormat;
            return new(TimestampResponse.Refuse(reason, exception.Message));
        }

        return IssueAsync(decoded, cancellationToken);
    }

    /// <summary>Answers a request.</summary>
    /// <param name="request">What is to be stamped.</param>
    /// <param name="cancellationToken">Cancels the key operation.</param>
    /// <returns>A token, or a refusal with its reason.</returns>
    internal async ValueTask<TimestampResponse> IssueAsync(TimestampRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Refusal(request, out TimestampPolicy? policy) is { } refusal)
        {
            return refusal;
        }

        try
        {
            ReadOnlyMemory<byte> serial = await _options.SerialNumbers.NextAsync(cancellationToken).ConfigureAwait(false);
            if (!TryReadClock(policy!, out DateTimeOffset now, out string doubt))
            {
                return TimestampResponse.Refuse(TimestampFailureInfo.TimeNotAvailable, doubt);
            }

            byte[] info = new TimestampTokenInfo(policy!.Oid, request.Imprint, serial, Truncate(now))
            {
                Accuracy = TimestampAccuracy.FromTimeSpan(policy.Accuracy),
                Nonce = request.Nonce,
                AuthorityName = _name,
            }.Encode(_encodedPolicies.GetValueOrDefault(policy.Oid));
            TimestampToken token = await SignAsync(request, info, cancellationToken).ConfigureAwait(false);
            bool withSignature = _options.VerifyOneIn == 1 || (Interlocked.Increment(ref _made) - 1) % _options.VerifyOneIn == 0;
            TimestampVerdict verdict = token.Verify(request, _ownCertificate, withSignature);
            return verdict.IsValid
                ? TimestampResponse.Grant(token)
                : TimestampResponse.Refuse(TimestampFailureInfo.SystemFailure, "The token made failed its own verification: " + string.Join(", ", verdict.Failures));
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or HttpRequestException or TimeoutException or Asn1FormatException)
        {
            return TimestampResponse.Refuse(TimestampFailureInfo.SystemFailure, "The token could not be made.");
        }
    }

    private async ValueTask<TimestampToken> SignAsync(TimestampRequest request, byte[] info, CancellationToken cancellationToken)
    {
        SignedDataBuilder builder = request.RequestsCertificate ? _withCertificates : _withoutCertificates;
        byte[] digest = builder.Algorithm.Digest.Compute(info);
        byte[] encoded = await builder.SignAsync(_key, digest, info, cancellationToken).ConfigureAwait(false);
        return TimestampToken.FromSignedData(SignedData.Decode(encoded, _knownCertificates));
    }

    // RFC 3161 §2.4.2, in the order of what a requester can mend
    private TimestampResponse? Refusal(TimestampRequest request, out TimestampPolicy? policy)
    {
        policy = FindPolicy(request.PolicyOid);
        if (policy is null)
        {
            return TimestampResponse.Refuse(TimestampFailureInfo.UnacceptedPolicy, $"Policy {request.PolicyOid} is not offered.");
        }

        DigestAlgorithm? digest = DigestAlgorithm.FromOid(request.DigestOid);
        if (digest is null || !policy.AcceptedDigests.Contains(digest))
        {
            return TimestampResponse.Refuse(TimestampFailureInfo.BadAlg, $"Digest algorithm {digest?.Name ?? request.DigestOid} is not accepted.");
        }

        if (request.HashedMessage.Length != digest.SizeInBytes)
        {
            return TimestampResponse.Refuse(TimestampFailureInfo.BadDataFormat, $"A {digest.Name} imprint has {digest.SizeInBytes} bytes, not {request.HashedMessage.Length}.");
        }

        // §2.4.1: an extension that is not recognised, critical or not, is a reason to refuse
        return request.Extensions.Count > 0
            ? TimestampResponse.Refuse(TimestampFailureInfo.UnacceptedExtension, $"Extension {request.Extensions[0].Oid} is not supported.")
            : null;
    }

    private TimestampPolicy? FindPolicy(string? oid)
    {
        foreach (TimestampPolicy policy in _options.Policies)
        {
            if (oid is null || string.Equals(policy.Oid, oid, StringComparison.Ordinal))
            {
                return policy;
            }
        }

        return null;
    }

    private bool TryReadClock(TimestampPolicy policy, out DateTimeOffset now, out string doubt)
    {
        if (_options.ClockGuard is { } guard)
        {
            if (!guard.TryGetUtcNow(policy.Accuracy, out now, out doubt))
            {
                return false;
            }
        }
        else
        {
            now = _time.GetUtcNow();
            doubt = "";
        }

        bool isValid = now >= Certificate.NotBefore && now <= _notAfter;
        doubt = isValid ? "" : "The authority's key may not be used at this time.";
        return isValid;
    }

    private DateTimeOffset Truncate(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % _options.Resolution.Ticks), TimeSpan.Zero);

    private static byte[] EncodeIdentifier(string oid)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, 64);
        writer.WriteObjectIdentifier(oid);
        return writer.Encode();
    }

    private static byte[] EncodeName(Certificate certificate)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, certificate.Subject.RawData.Length + 16);
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 4))) // directoryName
        {
            writer.WriteEncodedValue(certificate.Subject.RawData.Span);
        }

        return writer.Encode();
    }

    private static void ThrowIfUnfit(Certificate certificate, TimestampAuthorityOptions options)
    {
        if (!TimestampVerification.IsForTimeStampingOnly(certificate))
        {
            throw new ArgumentException("The certificate's extended key usage must be critical and timeStamping alone (RFC 3161 §2.3).", nameof(certificate));
        }

        if (options.Policies.Count == 0)
        {
            throw new ArgumentException("At least one policy is needed.", nameof(options));
        }

        foreach (TimestampPolicy policy in options.Policies)
        {
            TimeSpan accuracy = policy.Accuracy;
            if (accuracy <= TimeSpan.Zero || accuracy > TimeSpan.FromSeconds(1))
            {
                throw new ArgumentException($"The accuracy of policy {policy.Oid} must be above zero and at most one second (EN 319 422 §5.2).", nameof(options));
            }
        }

        if (options.Resolution < TimeSpan.FromMicroseconds(1) || options.Resolution > TimeSpan.FromSeconds(1))
        {
            throw new ArgumentException("The resolution must lie between a microsecond and a second.", nameof(options));
        }
    }
}
