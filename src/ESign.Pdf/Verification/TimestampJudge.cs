using System.Globalization;
using ESign.Pki.Cms;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;
using ESign.Pki.Validation;

namespace ESign.Pdf.Verification;

/// <summary>Judges timestamp tokens: what they stamp, their signature, and whether their authority is trusted.</summary>
/// <remarks>ETSI EN 319 102-1 §5.4: a timestamp is validated as a signature of its own.</remarks>
internal sealed class TimestampJudge(VerificationPolicy policy, DateTimeOffset now, TrustJudge trust)
{
    private const string Citation = "ETSI EN 319 102-1 §5.4";

    /// <summary>Judges a token.</summary>
    /// <param name="kind">What it stamps.</param>
    /// <param name="token">The token.</param>
    /// <param name="verdict">What its mathematics says.</param>
    /// <param name="provenAt">When the token is proven to have existed; null when nothing proves it before now.</param>
    /// <param name="cancellationToken">Cancels fetching evidence.</param>
    public async ValueTask<(TimestampResult Result, TrustFinding Trust)> JudgeAsync(
        TimestampKind kind, TimestampToken token, TimestampVerdict verdict, DateTimeOffset? provenAt, CancellationToken cancellationToken)
    {
        TrustFinding finding = Refuse(token, verdict, provenAt)
            ?? await trust.JudgeAsync(verdict.Certificate!, isTimestampAuthority: true, provenAt, notBefore: null, cancellationToken).ConfigureAwait(false);
        var result = new TimestampResult
        {
            Kind = kind,
            Time = token.Time,
            Indication = finding.Indication,
            SubIndication = finding.SubIndication,
            ImprintIntact = !verdict.Failures.Contains(TimestampFailure.ImprintMismatch) && !verdict.Failures.Contains(TimestampFailure.ImprintAlgorithmUnknown),
            SignatureIntact = verdict.Signer is { IsIntact: true },
            Trusted = finding.IsPassed,
            DigestAlgorithm = DigestAlgorithm.FromOid(token.Info.DigestOid)?.Name ?? token.Info.DigestOid,
            Certificate = verdict.Certificate,
            Token = token,
            Message = finding.Message,
        };
        return (result, finding);
    }

    /// <summary>A token that cannot be read.</summary>
    public static TimestampResult Unreadable(TimestampKind kind, string reason) => new()
    {
        Kind = kind,
        Indication = Indication.Failed,
        SubIndication = SubIndication.FormatFailure,
        Message = $"时间戳无法读取：{reason} / the timestamp cannot be read: {reason}",
    };

    /// <summary>What the failures of a token make of it, the gravest first; null when none decides.</summary>
    public static TrustFinding? Classify(TimestampVerdict verdict)
    {
        IReadOnlyList<TimestampFailure> failures = verdict.Failures;
        return First(failures, Indication.Failed, SubIndication.HashFailure, "时间戳与所盖内容不符 / the timestamp stamps something else", TimestampFailure.ImprintMismatch, TimestampFailure.MessageDigestWrong)
            ?? First(failures, Indication.Failed, SubIndication.SigCryptoFailure, "时间戳的签名值错误 / the timestamp's signature value is wrong", TimestampFailure.SignatureInvalid)
            ?? First(failures, Indication.Failed, SubIndication.FormatFailure, "时间戳格式不合规 / the timestamp does not conform to its format", TimestampFailure.NoSigner, TimestampFailure.MoreThanOneSigner, TimestampFailure.InfoVersion, TimestampFailure.SignedAttributesMissing, TimestampFailure.ContentTypeMissing, TimestampFailure.ContentTypeWrong, TimestampFailure.MessageDigestMissing, TimestampFailure.AlgorithmMismatch)
            ?? First(failures, Indication.Indeterminate, SubIndication.NoSigningCertificateFound, "找不到或无法确认时间戳的签发证书 / the authority's certificate is not at hand, or is not the one that was signed", TimestampFailure.NoSignerCertificate, TimestampFailure.CertificateIdMismatch)
            ?? First(failures, Indication.Indeterminate, SubIndication.CryptoConstraintsFailure, "时间戳使用了不支持的算法 / the timestamp uses an algorithm that is not supported", TimestampFailure.AlgorithmUnsupported, TimestampFailure.ImprintAlgorithmUnknown)
            ?? First(failures, Indication.Indeterminate, SubIndication.ChainConstraintsFailure, "证书不是时间戳专用 / the certificate is not for timestamps alone", TimestampFailure.CertificatePurpose);
    }

    private static TrustFinding? First(IReadOnlyList<TimestampFailure> failures, Indication indication, SubIndication sub, string message, params ReadOnlySpan<TimestampFailure> kinds)
    {
        foreach (TimestampFailure kind in kinds)
        {
            if (failures.Contains(kind))
            {
                return new TrustFinding(indication, sub, $"{message} ({kind})", "RFC 3161 §2.4.2");
            }
        }

        return null;
    }

    private TrustFinding? Refuse(TimestampToken token, TimestampVerdict verdict, DateTimeOffset? provenAt)
    {
        if (Classify(verdict) is { } failure)
        {
            return failure;
        }

        if (verdict.Certificate is not { } certificate)
        {
            return new TrustFinding(Indication.Indeterminate, SubIndication.NoSigningCertificateFound, "找不到时间戳的签发证书 / the authority's certificate is not at hand", Citation);
        }

        if (token.Time > now)
        {
            return new TrustFinding(Indication.Indeterminate, SubIndication.TimestampOrderFailure, string.Create(CultureInfo.InvariantCulture, $"时间戳 {token.Time:u} 晚于判断时刻 / the timestamp of {token.Time:u} is later than the time judged for"), Citation);
        }

        if (policy.IntegrityOnly)
        {
            return null;
        }

        DateTimeOffset believedAt = provenAt ?? now;
        AlgorithmPolicy algorithms = policy.Path.Algorithms;
        SignerInfo signer = token.SignedData.SignerInfos[0];
        string? weak = algorithms.RefuseDigest(DigestAlgorithm.FromOid(token.Info.DigestOid), believedAt)
            ?? algorithms.RefuseDigest(DigestAlgorithm.FromOid(signer.DigestOid), believedAt)
            ?? algorithms.Refuse(signer.SignatureAlgorithmIdentifier, certificate, believedAt);
        return weak is null ? null : new TrustFinding(
            Indication.Indeterminate,
            SubIndication.CryptoConstraintsFailureNoPoe,
            string.Create(CultureInfo.InvariantCulture, $"时间戳的算法 {weak} 在 {believedAt:u} 已不可信 / the timestamp uses {weak}, which is not believed at {believedAt:u}"),
            "ETSI EN 319 102-1 §5.2.8");
    }
}
