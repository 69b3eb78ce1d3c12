using System.CommandLine;
using ESign.Cli.Progress;
using ESign.Pdf;
using ESign.Pdf.Verification;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;
using ESign.Pki.Validation;

namespace ESign.Cli;

/// <summary>Whom a verification trusts and what evidence it is given, as options that <c>verify</c> and <c>report</c> share.</summary>
internal sealed class VerificationArguments
{
    private readonly Option<string[]> _trust = new("--trust") { AllowMultipleArgumentsPerToken = true, Description = "信任锚文件，或 none：只判断完整性与修改 / trust anchors (PEM, DER, PKCS#7), or none: judge integrity and modifications alone" };
    private readonly Option<string[]> _timestampTrust = new("--timestamp-trust") { AllowMultipleArgumentsPerToken = true, Description = "时间戳信任锚；默认同 --trust / trust anchors for timestamps; default: those of --trust" };
    private readonly Option<string[]> _certificates = new("--cert") { AllowMultipleArgumentsPerToken = true, Description = "其他证书 / further certificates: intermediates, signers" };
    private readonly Option<string[]> _crls = new("--crl") { AllowMultipleArgumentsPerToken = true, Description = "证书吊销列表 / a certificate revocation list" };
    private readonly Option<string[]> _ocsp = new("--ocsp") { AllowMultipleArgumentsPerToken = true, Description = "OCSP 响应 / an OCSP response (DER)" };
    private readonly Option<string?> _time = new("--time", "--at") { Description = "判断时间（ISO 8601），默认现在 / the moment to judge for, ISO 8601; default: now" };
    private readonly Option<string?> _revocation = new("--revocation") { CompletionSources = { "require", "soft", "off" }, Description = "吊销检查：require 未知即无法判定（默认） · soft 未知视为通过 · off 不检查 / require: unknown is indeterminate (the default) · soft: unknown passes · off" };
    private readonly Option<bool> _offline = new("--offline") { Description = "不联网（默认） / fetch nothing (the default)" };
    private readonly Option<bool> _online = new("--online") { Description = "联网获取吊销信息与中间证书 / fetch OCSP answers, CRLs and missing intermediates from where certificates point" };
    private readonly Option<string[]> _policies = new("--signature-policy") { AllowMultipleArgumentsPerToken = true, Description = "签名策略文件 / the text of a signature policy; what is signed under another one is undecided" };
    private readonly Option<string?> _password = new("--pdf-password") { Description = "打开文件的密码 / the password that opens the file" };

    public IReadOnlyList<Option> Options => [_trust, _timestampTrust, _certificates, _crls, _ocsp, _time, _revocation, _policies, _offline, _online, _password];

    /// <summary>Judges a file.</summary>
    public static async Task<VerificationResult> VerifyAsync(CliContext context, string path, VerificationPolicy policy, CancellationToken cancellationToken)
    {
        using FileStream file = PdfInput.OpenFile(path);
        using ProgressLine progress = context.ShowProgress("验证 / verifying", file.Length);
        try
        {
            return await new PdfVerifier(policy).VerifyAsync(progress.Watch(file), cancellationToken);
        }
        catch (PdfFormatException exception)
        {
            throw new CliException(CliExit.DataError, exception.Message, PdfInput.HintFor(exception.Code), exception);
        }
    }

    /// <summary>The services to ask, or null when nothing is to be fetched.</summary>
    public RevocationServices? OpenServices(ParseResult parsed) => (parsed.GetValue(_online), parsed.GetValue(_offline)) switch
    {
        (true, true) => throw Usage("--online 与 --offline 不能同时使用 / --online and --offline contradict each other", "请只给其中一个 / give one of them"),
        (true, false) => new RevocationServices(),
        _ => null,
    };

    /// <summary>What the options ask for.</summary>
    public VerificationPolicy Read(ParseResult parsed, TimeProvider clock)
    {
        string[] trust = parsed.GetValue(_trust) ?? [];
        bool integrityOnly = trust is ["none"];
        string[]? timestampTrust = parsed.GetValue(_timestampTrust);
        return new VerificationPolicy
        {
            IntegrityOnly = integrityOnly,
            TrustAnchors = integrityOnly ? TrustAnchors.None : new TrustAnchors(GivenValues.Load(trust, Certificate.LoadMany)),
            TimestampAnchors = timestampTrust is { Length: > 0 } ? new TrustAnchors(GivenValues.Load(timestampTrust, Certificate.LoadMany)) : null,
            Certificates = GivenValues.Load(parsed.GetValue(_certificates), Certificate.LoadMany),
            RevocationLists = GivenValues.Load(parsed.GetValue(_crls), CertificateRevocationList.LoadMany),
            OcspResponses = GivenValues.Load<OcspResponse>(parsed.GetValue(_ocsp), content => [OcspResponse.Decode(content)]),
            SignaturePolicies = [.. (parsed.GetValue(_policies) ?? []).Select(path => (ReadOnlyMemory<byte>)CliContext.ReadInput(path))],
            UnknownRevocation = GivenValues.ParseRevocation(parsed.GetValue(_revocation), UnknownRevocation.Reject),
            ValidationTime = GivenValues.ParseTime(parsed.GetValue(_time)),
            Clock = clock,
            Password = parsed.GetValue(_password),
        };
    }

    private static CliException Usage(string message, string hint) => new(CliExit.Usage, message, hint);
}
