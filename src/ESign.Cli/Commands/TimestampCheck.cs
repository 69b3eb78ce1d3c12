using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.Keys;
using ESign.Pki.Revocation;
using ESign.Pki.Timestamping;
using ESign.Pki.Validation;

namespace ESign.Cli.Commands;

/// <summary><c>esign timestamp FILE --token TOKEN</c>: judges a token that is at hand, and its authority's certificate at the token's time.</summary>
/// <remarks>
/// RFC 3161 §2.3 and §2.4.2. Evidence may be younger than the token: a revocation after the token's time does no harm where its
/// reason says that nobody else had the key (§4).
/// </remarks>
internal sealed class TimestampCheck(CliContext context)
{
    private readonly Option<string?> _token = new("--token") { Description = "验证已有的时间戳（令牌或应答，DER），而不是申请新的 / judge this token (or response, DER) instead of asking for one" };
    private readonly Option<string[]> _trust = new("--trust") { AllowMultipleArgumentsPerToken = true, Description = "信任锚，用于 --token / a trust anchor, for --token; without one trust stays undetermined" };
    private readonly Option<string[]> _certificates = new("--cert") { AllowMultipleArgumentsPerToken = true, Description = "令牌未附带的证书 / a certificate the token does not carry" };
    private readonly Option<string[]> _crls = new("--crl") { AllowMultipleArgumentsPerToken = true, Description = "证书吊销列表 / a certificate revocation list" };
    private readonly Option<string[]> _ocsp = new("--ocsp") { AllowMultipleArgumentsPerToken = true, Description = "OCSP 响应 / an OCSP response (DER)" };

    public IEnumerable<Option> Options => [_token, _trust, _certificates, _crls, _ocsp];

    /// <summary>The token to judge, when the command line names one.</summary>
    public string? TokenFile(ParseResult parsed) => parsed.GetValue(_token);

    public async Task<int> RunAsync(ParseResult parsed, string tokenFile, string stamped, bool asJson, CancellationToken cancellationToken)
    {
        TimestampToken token = GivenValues.Load([tokenFile], static content => (IReadOnlyList<TimestampToken>)[ReadToken(content)])[0];
        List<Certificate> more = GivenValues.Load(parsed.GetValue(_certificates), Certificate.LoadMany);
        SignedContent content = DigestAlgorithm.FromOid(token.Info.DigestOid) is { } algorithm
            ? SignedContent.FromDigest(algorithm, await FileDigest.ComputeAsync(context, stamped, algorithm, cancellationToken))
            : SignedContent.FromBytes(default);
        TimestampVerdict verdict = token.Verify(content, more);
        PathVerdict? path = verdict.IsValid && parsed.GetValue(_trust) is { Length: > 0 } trust
            ? await JudgeAuthorityAsync(parsed, token, verdict.Certificate!, more, trust, cancellationToken)
            : null;
        string? backdated = path?.Revocation.Where(status => status.Certificate.Equals(verdict.Certificate) && MayBeBackdated(status)).Select(Describe).FirstOrDefault();
        int exit = verdict is { IsValid: false, IsIndeterminate: false } || path is { IsValid: false, IsUndetermined: false } || backdated is not null ? CliExit.Invalid
            : path is { IsValid: true } ? CliExit.Success
            : CliExit.Undetermined;
        List<string> reasons = [.. verdict.Reasons];
        if ((path?.Finding?.ToString() ?? backdated ?? (verdict.IsValid && path is null ? "未给出信任锚 / no trust anchor is given (--trust)" : null)) is { } reason)
        {
            reasons.Add(reason);
        }

        Print(token, verdict, reasons, exit, asJson);
        return exit;
    }

    private async Task<PathVerdict> JudgeAuthorityAsync(ParseResult parsed, TimestampToken token, Certificate authority, List<Certificate> more, string[] trust, CancellationToken cancellationToken)
    {
        List<CertificateRevocationList> crls = GivenValues.Load(parsed.GetValue(_crls), CertificateRevocationList.LoadMany);
        List<OcspResponse> responses = GivenValues.Load(parsed.GetValue(_ocsp), static content => (IReadOnlyList<OcspResponse>)[OcspResponse.Decode(content)]);
        return await new PathValidator(new TrustAnchors(GivenValues.Load(trust, Certificate.LoadMany))).ValidateAsync(
            new PathRequest
            {
                Target = authority,
                Time = token.Time,
                EvidenceTime = context.Clock.GetUtcNow(),
                Certificates = [.. token.SignedData.Certificates, .. more],
                RevocationSources = [new GivenRevocationSource(crls, responses)],
                UnknownRevocation = crls.Count + responses.Count > 0 ? UnknownRevocation.Reject : UnknownRevocation.Off,
                Purpose = KeyPurpose.TimeStamping,
            },
            cancellationToken);
    }

    // What `esign timestamp` writes is a token; what an authority sends is a response around one.
    private static TimestampToken ReadToken(ReadOnlyMemory<byte> content) => TimestampToken.TryDecode(content, out TimestampToken? token)
        ? token
        : TimestampResponse.Decode(content).Token ?? throw new Asn1FormatException(Asn1ErrorCode.Absent, "a response without a token: the authority refused");

    /// <summary>RFC 3161 §4: tokens from before the revocation stay valid for four reasons; otherwise who has the key may write any time.</summary>
    private static bool MayBeBackdated(CertificateStatus status) => status is
    {
        RevokedAt: not null,
        Reason: not (RevocationReason.Unspecified or RevocationReason.AffiliationChanged or RevocationReason.Superseded or RevocationReason.CessationOfOperation),
    };

    private static string Describe(CertificateStatus status)
    {
        string revoked = string.Create(CultureInfo.InvariantCulture, $"{status.RevokedAt:u}{(status.Reason is { } reason ? $", {reason}" : "")}");
        return $"时间戳机构的证书已吊销（{revoked}），其任何时间的令牌都不可信 / the authority's certificate was revoked ({revoked}): its tokens of any time are invalid (RFC 3161 §4)";
    }

    private void Print(TimestampToken token, TimestampVerdict verdict, List<string> reasons, int exit, bool asJson)
    {
        string time = token.Time.ToString("O", CultureInfo.InvariantCulture);
        if (asJson)
        {
            context.Output.WriteLine(CliJson.Line(new JsonObject
            {
                ["valid"] = exit == CliExit.Success,
                ["status"] = exit switch { CliExit.Success => "valid", CliExit.Invalid => "invalid", _ => "undetermined" },
                ["reasons"] = CliJson.Texts(reasons),
                ["time"] = time,
                ["serialNumber"] = Convert.ToHexStringLower(token.SerialNumber.Span),
                ["policy"] = token.PolicyOid,
                ["authority"] = verdict.Certificate?.Subject.ToString(),
            }));
            return;
        }

        string word = exit switch { CliExit.Success => "有效 / valid", CliExit.Invalid => "无效 / invalid", _ => "无法判定 / undetermined" };
        context.Output.WriteLine($"{word} {time} {verdict.Certificate?.Subject}");
        foreach (string reason in reasons)
        {
            context.Output.WriteLine("  " + reason);
        }
    }
}
