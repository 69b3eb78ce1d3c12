using System.Globalization;
using System.Security.Cryptography;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;

namespace ESign.Pki.ElectronicSeals;

/// <summary>The checks of seals and seal signatures, gathered in the order of GB/T 38540-2020.</summary>
/// <param name="time">The time for which validity is judged; null when none is known.</param>
internal sealed class SealVerification(DateTimeOffset? time)
{
    private readonly List<SealFinding> _findings = [];

    public SealVerdict Verdict(Certificate makerCertificate, Certificate? signerCertificate) =>
        new(_findings, makerCertificate, signerCertificate, time);

    public void CheckSeal(ElectronicSeal seal)
    {
        CheckSignature(SealRule.SealSignature, "制章者签名", "the seal maker's signature", seal.MakerCertificate, seal.SignatureAlgorithmOid, seal.SignedBytes().Span, seal.SignatureValue.Span);
        CheckPeriod(SealRule.MakerCertificatePeriod, "制章者证书", "the seal maker's certificate", seal.CreatedAt, seal.MakerCertificate.NotBefore, seal.MakerCertificate.NotAfter);
        CheckPeriod(SealRule.SealPeriod, "电子印章", "the seal", time, seal.ValidFrom, seal.ValidTo);
        CheckExtensions(seal.Extensions);
        CheckTimestamp(SealRule.SealTimestamp, seal.TimestampBytes, seal.SignatureValue);
    }

    public void CheckExtensions(IReadOnlyList<SealExtension> extensions)
    {
        SealExtension? unknown = extensions.FirstOrDefault(static extension => extension.IsCritical);
        Add(
            SealRule.CriticalExtensions,
            unknown is null ? CmsCheck.Absent : CmsCheck.Unsupported,
            unknown is null ? "没有关键扩展 / no critical extension" : $"无法识别的关键扩展 {unknown.Oid} / the critical extension {unknown.Oid} is not known");
    }

    public void CheckListed(SealSignerList signers, Certificate signer)
    {
        bool isListed = signers.Contains(signer);
        Add(
            SealRule.SignerListed,
            isListed ? CmsCheck.Passed : CmsCheck.Failed,
            isListed ? "签章者证书在印章的证书列表中 / the signer's certificate is in the seal's list" : "签章者证书不在印章的证书列表中 / the signer's certificate is not in the seal's list");
    }

    public void CheckPeriod(SealRule rule, string chinese, string english, DateTimeOffset? at, DateTimeOffset from, DateTimeOffset to)
    {
        CmsCheck result = at is not { } moment ? CmsCheck.NotEvaluated : moment >= from && moment <= to ? CmsCheck.Passed : CmsCheck.Failed;
        string period = string.Create(CultureInfo.InvariantCulture, $"{from.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} – {to.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}");
        string when = at is { } shown ? shown.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "?";
        Add(rule, result, result switch
        {
            CmsCheck.Passed => $"{chinese}在{when}处于有效期内（{period}） / {english} was valid at {when} ({period})",
            CmsCheck.Failed => $"{chinese}在{when}不在有效期内（{period}） / {english} was not valid at {when} ({period})",
            _ => $"签章时间未知，未判断{chinese}的有效期（{period}） / the time of signing is not known, so the validity of {english} ({period}) was not judged",
        });
    }

    public void CheckSignature(SealRule rule, string chinese, string english, Certificate signer, string algorithmOid, ReadOnlySpan<byte> data, ReadOnlySpan<byte> value)
    {
        var algorithm = new AlgorithmIdentifier(algorithmOid);
        SignatureCheck check = SignatureVerifier.Check(signer.SubjectPublicKeyInfo.Span, algorithm, data, value);
        bool isWeak = DigestOf(algorithmOid) is { IsAcceptableForSigning: false };
        CmsCheck result = check.Outcome switch
        {
            SignatureOutcome.Valid => isWeak ? CmsCheck.Weak : CmsCheck.Passed,
            SignatureOutcome.Unsupported => CmsCheck.Unsupported,
            _ => CmsCheck.Failed,
        };
        Add(rule, result, result switch
        {
            CmsCheck.Passed => $"{chinese}正确 / {english} is right",
            CmsCheck.Weak => $"{chinese}正确，但其算法已不足以证明 / {english} is right, but by an algorithm that no longer proves it",
            CmsCheck.Unsupported => $"{chinese}的算法不受支持：{check.Reason} / {english} cannot be checked: {check.Reason}",
            _ => $"{chinese}不正确：{check.Reason} / {english} is wrong: {check.Reason}",
        });
    }

    /// <summary>The hash of the protected bytes, by the digest that the signature algorithm names.</summary>
    public void CheckDataHash(string algorithmOid, ReadOnlySpan<byte> stated, SignedContent content)
    {
        if (DigestOf(algorithmOid) is not { } digest)
        {
            Add(SealRule.DataHash, CmsCheck.Unsupported, $"签名算法{algorithmOid}未指明杂凑算法 / the signature algorithm {algorithmOid} names no digest");
            return;
        }

        byte[]? actual = content.Digest(digest);
        CmsCheck result = actual is null ? CmsCheck.NotEvaluated
            : !CryptographicOperations.FixedTimeEquals(actual, stated) ? CmsCheck.Failed
            : digest.IsAcceptableForSigning ? CmsCheck.Passed
            : CmsCheck.Weak;
        Add(SealRule.DataHash, result, result switch
        {
            CmsCheck.Passed or CmsCheck.Weak => $"原文杂凑值（{digest.Name}）一致 / the {digest.Name} hash of the protected bytes is the signed one",
            CmsCheck.Failed => $"原文杂凑值（{digest.Name}）不一致，原文已被改动 / the protected bytes do not have the {digest.Name} hash that was signed: they were changed",
            _ => $"无法计算原文的{digest.Name}杂凑值 / the {digest.Name} hash of the protected bytes is not at hand",
        });
    }

    public void CheckTimestamp(SealRule rule, ReadOnlyMemory<byte>? token, ReadOnlyMemory<byte> stamped)
    {
        if (token is not { } encoded)
        {
            Add(rule, CmsCheck.Absent, "没有时间戳 / no timestamp");
            return;
        }

        if (!TimestampToken.TryDecode(encoded, out TimestampToken? timestamp) || timestamp.RawData.Length != encoded.Length)
        {
            Add(rule, CmsCheck.Malformed, "时间戳无法读取 / the timestamp cannot be read");
            return;
        }

        TimestampVerdict verdict = timestamp.Verify(SignedContent.FromBytes(stamped));
        CmsCheck result = verdict.IsValid ? CmsCheck.Passed : verdict.IsIndeterminate ? CmsCheck.NotEvaluated : CmsCheck.Failed;
        Add(rule, result, verdict.IsValid
            ? string.Create(CultureInfo.InvariantCulture, $"{timestamp.Time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} 的时间戳正确 / the timestamp of {timestamp.Time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} is right")
            : $"时间戳未通过 / the timestamp does not stand: {string.Join(", ", verdict.Failures)}");
    }

    public void Add(SealRule rule, CmsCheck result, string message) => _findings.Add(new SealFinding(rule, result, message));

    /// <summary>The digest that a signature algorithm names; null when it names none.</summary>
    public static DigestAlgorithm? DigestOf(string algorithmOid) => SignatureParameters.Resolve(new AlgorithmIdentifier(algorithmOid), digest: null, out _)?.Digest;
}
