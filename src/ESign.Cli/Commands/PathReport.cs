using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ESign.Pki.Certificates;
using ESign.Pki.Validation;

namespace ESign.Cli.Commands;

/// <summary>How <c>esign path</c> shows a verdict: as JSON for programs, as text for people.</summary>
internal static class PathReport
{
    private const string UnreadableReason = "目标无法作为证书读取 / the target cannot be read as a certificate";
    private const string UnreadableCitation = "RFC 5280 §4.1";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string ToJson(PathVerdict verdict) => JsonSerializer.Serialize(
        new
        {
            valid = verdict.IsValid,
            status = verdict.IsValid ? "valid" : verdict.IsUndetermined ? "undetermined" : "invalid",
            reason = verdict.Finding?.Message,
            citation = verdict.Finding?.Citation,
            code = verdict.Finding?.Code.ToString(),
            certificate = verdict.Finding?.Certificate?.Subject.ToString(),
            indication = verdict.Indication.ToString(),
            subIndication = verdict.SubIndication.ToString(),
            time = UtcText.Of(verdict.Time),
            path = verdict.Path.Select(Describe),
            userConstrainedPolicies = verdict.UserConstrainedPolicies,
            revocation = verdict.Revocation.Select(Describe),
            findings = verdict.Findings.Select(finding => new { code = finding.Code.ToString(), reason = finding.Message, citation = finding.Citation, certificate = finding.Certificate?.Subject.ToString() }),
        },
        s_json);

    /// <summary>The verdict on a target that is no certificate at all.</summary>
    public static string UnreadableToJson(DateTimeOffset time) => JsonSerializer.Serialize(
        new
        {
            valid = false,
            status = "invalid",
            reason = UnreadableReason,
            citation = UnreadableCitation,
            code = "UnreadableCertificate",
            certificate = (string?)null,
            indication = nameof(Indication.Indeterminate),
            subIndication = nameof(SubIndication.CertificateChainGeneralFailure),
            time = UtcText.Of(time),
            path = Array.Empty<object>(),
            userConstrainedPolicies = Array.Empty<string>(),
            revocation = Array.Empty<object>(),
            findings = Array.Empty<object>(),
        },
        s_json);

    public static string UnreadableToText(DateTimeOffset time) => $"无效 / invalid ({UtcText.Of(time)})\n  {UnreadableReason} ({UnreadableCitation})";

    public static string ToText(PathVerdict verdict)
    {
        var text = new StringBuilder();
        text.Append(verdict.IsValid ? "有效 / valid" : verdict.IsUndetermined ? "无法判定 / undetermined" : "无效 / invalid");
        text.AppendLine(CultureInfo.InvariantCulture, $" ({UtcText.Of(verdict.Time)})");
        if (verdict.Finding is { } finding)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {finding}");
            text.AppendLine(CultureInfo.InvariantCulture, $"  {finding.Certificate?.Subject}");
        }

        foreach (Certificate certificate in verdict.Path)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  · {certificate}");
        }

        foreach (CertificateStatus status in verdict.Revocation)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {status.Status}: {status.Certificate.Subject} {string.Join("; ", status.Remarks)}");
        }

        return text.ToString().TrimEnd();
    }

    private static object Describe(Certificate certificate) => new
    {
        subject = certificate.Subject.ToString(),
        issuer = certificate.Issuer.ToString(),
        serialNumber = certificate.SerialNumberHex,
        notBefore = UtcText.Of(certificate.NotBefore),
        notAfter = UtcText.Of(certificate.NotAfter),
        sha256 = Convert.ToHexStringLower(certificate.Sha256Fingerprint.Span),
    };

    private static object Describe(CertificateStatus status) => new
    {
        subject = status.Certificate.Subject.ToString(),
        serialNumber = status.Certificate.SerialNumberHex,
        status = status.Status.ToString(),
        revokedAt = UtcText.Of(status.RevokedAt),
        reason = status.Reason?.ToString(),
        invalidityDate = UtcText.Of(status.InvalidityDate),
        evidence = status.OcspResponse is not null ? "ocsp" : status.Crls.Count > 0 ? "crl" : null,
        thisUpdate = UtcText.Of(status.ThisUpdate),
        nextUpdate = UtcText.Of(status.NextUpdate),
        remarks = status.Remarks,
    };
}
