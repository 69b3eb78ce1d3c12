using System.CommandLine;
using System.Text;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Keys.Gm;
using ESign.Pki.Revocation;
using ESign.Pki.Validation;

namespace ESign.Cli.Commands;

/// <summary><c>esign path</c>: judges a certificate path from files alone, at any time, and says why it fails.</summary>
internal sealed class PathCommand
{
    private readonly Option<string> _target = new("--target") { Required = true, Description = "待验证的证书（PEM 或 DER），文件中其余证书用于补链 / the certificate to judge (PEM or DER; further certificates in the file serve as --cert)" };
    private readonly Option<string[]> _trust = new("--trust") { AllowMultipleArgumentsPerToken = true, Required = true, Description = "信任锚 / a trust anchor; any of several may end the path" };
    private readonly Option<string[]> _certificates = new("--cert") { AllowMultipleArgumentsPerToken = true, Description = "中间证书或 CRL 签发者 / an intermediate, or a CRL signer" };
    private readonly Option<string[]> _crls = new("--crl") { AllowMultipleArgumentsPerToken = true, Description = "证书吊销列表 / a certificate revocation list (complete or delta)" };
    private readonly Option<string[]> _ocsp = new("--ocsp") { AllowMultipleArgumentsPerToken = true, Description = "OCSP 响应 / an OCSP response (DER)" };
    private readonly Option<string?> _time = new("--time") { Description = "判断时间（ISO 8601），默认现在 / the moment to judge, ISO 8601; default: now" };
    private readonly Option<string?> _evidenceTime = new("--evidence-time") { Description = "证据截止时间 / up to when CRLs and OCSP responses may have been issued; default: --time, with --online the present" };
    private readonly Option<string?> _revocation = new("--revocation") { CompletionSources = { "require", "soft", "off" }, Description = "吊销检查：require 未知即不通过 · soft 未知视为通过 · off 不检查；给出证据时默认 require，否则 off / require: unknown fails · soft: unknown passes · off. Default: require when --crl, --ocsp or --online is given, else off" };
    private readonly Option<string[]> _policies = new("--policy") { AllowMultipleArgumentsPerToken = true, Description = "可接受的证书策略（OID），默认任意 / an acceptable certificate policy (OID); default: any" };
    private readonly Option<bool> _explicitPolicy = new("--require-explicit-policy") { Description = "要求明确策略 / initial-explicit-policy (RFC 5280 §6.1.1)" };
    private readonly Option<bool> _inhibitMapping = new("--inhibit-policy-mapping") { Description = "禁止策略映射 / initial-policy-mapping-inhibit" };
    private readonly Option<bool> _inhibitAny = new("--inhibit-any-policy") { Description = "禁止 anyPolicy / initial-any-policy-inhibit" };
    private readonly Option<string?> _purpose = new("--purpose") { Description = "所需扩展密钥用途（OID，或 serverAuth、clientAuth、codeSigning、emailProtection、timeStamping、OCSPSigning、documentSigning） / the extended key usage needed (OID, or serverAuth, clientAuth, codeSigning, emailProtection, timeStamping, OCSPSigning, documentSigning)" };
    private readonly Option<string?> _peer = new("--peer-dns") { Description = "主机名或地址 / the host name or address the certificate must name (RFC 9525)" };
    private readonly Option<int?> _maximumIntermediates = new("--max-intermediates") { Description = "中间证书上限 / the most intermediates, self-issued ones not counted" };
    private readonly Option<bool> _lenient = new("--lenient") { Description = "宽松：容忍签发者无害的偏差 / pass issuers' departures from the RFC 5280 profile that do no harm" };
    private readonly Option<bool> _direct = new("--direct-crls") { Description = "只用直接吊销列表 / use no indirect CRLs: only lists of the certificate's own issuer, as browsers do" };
    private readonly Option<bool> _past = new("--judge-past") { Description = "评判历史：任何时间都信任 MD5、SHA-1 与短 RSA 密钥 / believe MD5, SHA-1 and short RSA keys at any time" };
    private readonly Option<string?> _sm2UserId = new("--sm2-user-id") { Description = "颁发者的SM2用户标识，默认1234567812345678；空串即无标识，如openssl所签 / issuers' SM2 user id; 1234567812345678 unless given, empty for none, as openssl signs" };
    private readonly Option<bool> _online = new("--online") { Description = "联网获取中间证书与吊销信息 / fetch missing intermediates (caIssuers), OCSP answers and CRLs from where certificates point" };
    private readonly Option<bool> _json = CliJson.CreateOption();
    private readonly CliContext _context;

    private PathCommand(CliContext context) => _context = context;

    public static Command Create(CliContext context)
    {
        var options = new PathCommand(context);
        var command = new Command("path", "验证证书路径 / Judge a certificate path (RFC 5280). Exit code 0: valid, 1: invalid, 2: undetermined (an unsupported algorithm).");
        foreach (Option option in new Option[]
        {
            options._target, options._trust, options._certificates, options._crls, options._ocsp, options._time, options._evidenceTime, options._revocation, options._policies,
            options._explicitPolicy, options._inhibitMapping, options._inhibitAny, options._purpose, options._peer, options._maximumIntermediates, options._lenient, options._direct, options._past, options._sm2UserId, options._online, options._json,
        })
        {
            command.Options.Add(option);
        }

        command.SetAction(options.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        bool online = parsed.GetValue(_online);
        using var handler = new SocketsHttpHandler();
        using HttpClient? client = online ? new HttpClient(handler) : null;
        DateTimeOffset time = GivenValues.ParseTime(parsed.GetValue(_time)) ?? _context.Clock.GetUtcNow();
        bool json = parsed.GetValue(_json);
        if (LoadReadable([parsed.GetRequiredValue(_target)], Certificate.LoadMany, mayBeAbsent: false) is not { Count: > 0 } target)
        {
            // A damaged certificate is not valid, whatever else is at hand.
            _context.Output.WriteLine(json ? PathReport.UnreadableToJson(time) : PathReport.UnreadableToText(time));
            return CliExit.Invalid;
        }

        PathRequest request = ReadRequest(parsed, target, time, client is null ? [] : [new OnlineRevocationSource(client, new OnlineRevocationOptions { FetchesIssuers = true })]);
        var anchors = new TrustAnchors(LoadReadable(parsed.GetValue(_trust), Certificate.LoadMany, mayBeAbsent: false));
        var policy = new PathPolicy
        {
            Strictness = parsed.GetValue(_lenient) ? ProfileStrictness.PathValidation : ProfileStrictness.FullProfile,
            UsesIndirectCrls = !parsed.GetValue(_direct),
            Sm2UserId = ParseUserId(parsed.GetValue(_sm2UserId)),
            Algorithms = parsed.GetValue(_past) ? AlgorithmPolicy.JudgeThePast : AlgorithmPolicy.Default,
        };

        PathVerdict verdict = await new PathValidator(anchors, policy).ValidateAsync(request, cancellationToken);
        _context.Output.WriteLine(json ? PathReport.ToJson(verdict) : PathReport.ToText(verdict));
        return verdict.IsValid ? CliExit.Success : verdict.IsUndetermined ? CliExit.Undetermined : CliExit.Invalid;
    }

    private PathRequest ReadRequest(ParseResult parsed, List<Certificate> target, DateTimeOffset time, IReadOnlyList<IRevocationSource> services)
    {
        List<CertificateRevocationList> crls = LoadReadable(parsed.GetValue(_crls), CertificateRevocationList.LoadMany);
        List<OcspResponse> responses = LoadReadable<OcspResponse>(parsed.GetValue(_ocsp), static content => [OcspResponse.Decode(content)]);
        bool asksForStatus = parsed.GetValue(_crls) is { Length: > 0 } || parsed.GetValue(_ocsp) is { Length: > 0 } || services.Count > 0;
        string[] policies = parsed.GetValue(_policies) ?? [];
        return new PathRequest
        {
            Target = target[0],
            Time = time,
            // What is fetched is made after the command began, by a clock that is not this one: openssl's five minutes.
            EvidenceTime = GivenValues.ParseTime(parsed.GetValue(_evidenceTime)) ?? (services.Count > 0 ? _context.Clock.GetUtcNow().AddMinutes(5) : null),
            Certificates = [.. target.Skip(1), .. LoadReadable(parsed.GetValue(_certificates), Certificate.LoadMany)],
            RevocationSources = [new GivenRevocationSource(crls, responses), .. services],
            UnknownRevocation = GivenValues.ParseRevocation(parsed.GetValue(_revocation), asksForStatus ? UnknownRevocation.Reject : UnknownRevocation.Off),
            Policies = policies.Length == 0 ? [PathRequest.AnyPolicy] : [.. policies.Select(oid => GivenValues.ParseOid(oid, "--policy"))],
            RequireExplicitPolicy = parsed.GetValue(_explicitPolicy),
            InhibitPolicyMapping = parsed.GetValue(_inhibitMapping),
            InhibitAnyPolicy = parsed.GetValue(_inhibitAny),
            Purpose = parsed.GetValue(_purpose) is { } purpose ? ParsePurpose(purpose) : null,
            PeerName = parsed.GetValue(_peer),
            MaximumIntermediates = parsed.GetValue(_maximumIntermediates) is not < 0 ? parsed.GetValue(_maximumIntermediates)
                : throw new CliException(CliExit.Usage, "中间证书上限不能为负 / the most intermediates cannot be fewer than none", "0 表示由信任锚直接签发 / 0 asks for a target the anchor itself issued"),
        };
    }

    // What is damaged is named and left out; what then is missing the verdict says. A file of another kind is a mistake where one is needed.
    private List<T> LoadReadable<T>(IEnumerable<string>? paths, Func<ReadOnlyMemory<byte>, IReadOnlyList<T>> load, bool mayBeAbsent = true)
    {
        var all = new List<T>();
        foreach (string path in paths ?? [])
        {
            try
            {
                all.AddRange(GivenValues.Load([path], load));
            }
            catch (CliException exception) when (exception.InnerException is Asn1FormatException format && (mayBeAbsent || format.Code != Asn1ErrorCode.Absent))
            {
                _context.WriteError(exception.Message, exception.Hint);
            }
        }

        return all;
    }

    private static ReadOnlyMemory<byte>? ParseUserId(string? text)
    {
        byte[]? id = text is null ? null : Encoding.UTF8.GetBytes(text);
        return id is { Length: > Sm2.MaximumUserIdLength }
            ? throw new CliException(CliExit.Usage, $"SM2用户标识最长{Sm2.MaximumUserIdLength}字节 / an SM2 user id has at most {Sm2.MaximumUserIdLength} octets", "--sm2-user-id 1234567812345678")
            : id is null ? (ReadOnlyMemory<byte>?)null : id;
    }

    private static string ParsePurpose(string text) => text switch
    {
        "serverAuth" => KeyPurpose.ServerAuth,
        "clientAuth" => KeyPurpose.ClientAuth,
        "codeSigning" => KeyPurpose.CodeSigning,
        "emailProtection" => KeyPurpose.EmailProtection,
        "timeStamping" => KeyPurpose.TimeStamping,
        "OCSPSigning" => KeyPurpose.OcspSigning,
        "documentSigning" => KeyPurpose.DocumentSigning,
        _ => GivenValues.ParseOid(text, "--purpose"),
    };
}
