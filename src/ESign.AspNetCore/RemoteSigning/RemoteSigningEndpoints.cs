using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ESign.AspNetCore.Access;
using ESign.AspNetCore.Audit;
using ESign.AspNetCore.Authorities;
using ESign.AspNetCore.Operations;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;
using ESign.Tsa;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ESign.AspNetCore.RemoteSigning;

/// <summary>Signing by hash with keys the service holds: a subset of the Cloud Signature Consortium API v2.</summary>
/// <remarks>
/// §11.1 info, §11.4 credentials/list, §11.5 credentials/info, credentials/sendOTP (as in v1.0.4 §11.8), §11.6 credentials/authorize,
/// §11.10 signatures/signHash, §11.12 signatures/timestamp. Clients authenticate with the service's own tokens as bearer tokens.
/// </remarks>
internal static class RemoteSigningEndpoints
{
    /// <summary>Hashes one authorisation may cover.</summary>
    private const int MaximumHashes = 100;

    /// <summary>Members as the standard names them (SAD, SCAL); unlike in the service's own API unknown ones are passed over: clients send optional ones.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = null, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapPost("/info", Describe);
        group.MapPost("/credentials/list", ListAsync);
        group.MapPost("/credentials/info", GetAsync);
        group.MapPost("/credentials/sendOTP", SendCodeAsync);
        group.MapPost("/credentials/authorize", AuthorizeAsync);
        group.MapPost("/signatures/signHash", SignAsync);
        group.MapPost("/signatures/timestamp", StampAsync);
    }

    private static IResult Describe() => Results.Json(
        new
        {
            specs = "2.0.0.2",
            name = "ESign",
            region = "CN",
            lang = "zh-CN",
            description = "Signing by hash; documents never leave the client",
            authType = new[] { "external" },
            methods = new[] { "credentials/list", "credentials/info", "credentials/sendOTP", "credentials/authorize", "signatures/signHash", "signatures/timestamp" },
        },
        Json);

    private static async Task<IResult> ListAsync(HttpContext context, AccessControl access, RemoteCredentials credentials)
    {
        Caller caller = await access.RequireAsync(context, Permission.SignRemotely).ConfigureAwait(false);
        return Results.Json(new { credentialIDs = credentials.OwnedBy(caller.Token.Name).Select(static credential => credential.Id) }, Json);
    }

    private static async Task<IResult> GetAsync(HttpContext context, AccessControl access, RemoteCredentials credentials, IssuerDirectory issuers, TimeProvider time)
    {
        (_, CredentialRequest request, RemoteCredential credential) = await ReadAsync<CredentialRequest>(context, access, credentials, time, static body => body.CredentialId).ConfigureAwait(false);
        Certificate certificate = credential.Credential.Certificate;
        SignatureAlgorithm algorithm = credential.Credential.Key.Algorithm;
        string status = await RemoteCredentials.ReadStatusAsync(certificate, issuers, time, context.RequestAborted).ConfigureAwait(false);
        IEnumerable<Certificate> shown = request.Certificates switch
        {
            "none" => [],
            "chain" => [certificate, .. credential.Credential.Issuers],
            _ => [certificate],
        };
        return Results.Json(
            new
            {
                key = new { status = "enabled", algo = new[] { algorithm.Oid }, curve = algorithm.CurveOid },
                cert = new
                {
                    status,
                    certificates = shown.Select(static each => Convert.ToBase64String(each.RawData.Span)),
                    issuerDN = certificate.Issuer.ToString(),
                    serialNumber = certificate.SerialNumberHex,
                    subjectDN = certificate.Subject.ToString(),
                    validFrom = Generalized(certificate.NotBefore),
                    validTo = Generalized(certificate.NotAfter),
                },
                auth = new { mode = "explicit", expression = "OTP", objects = new[] { new { type = "Password", id = "OTP", format = "N", label = "验证码 / one-time code" } } },
                SCAL = "2",
                multisign = MaximumHashes,
                lang = "zh-CN",
            },
            Json);
    }

    private static async Task<IResult> SendCodeAsync(HttpContext context, AccessControl access, RemoteCredentials credentials, OneTimeCodes codes, IServiceProvider services, AuditLog audit, TimeProvider time)
    {
        (Caller caller, _, RemoteCredential credential) = await ReadAsync<CredentialRequest>(context, access, credentials, time, static body => body.CredentialId).ConfigureAwait(false);
        IOneTimeCodeSender sender = services.GetService<IOneTimeCodeSender>()
            ?? throw new RequestRefusedException(StatusCodes.Status501NotImplemented, "no-sender", "未配置验证码发送渠道 / The operator has configured no way to send codes");
        if (await codes.TryCreateAsync(credential.Id, context.RequestAborted).ConfigureAwait(false) is not { } code)
        {
            throw new RequestRefusedException(StatusCodes.Status429TooManyRequests, "too-many-codes", "验证码请求过于频繁（30秒1条、1小时10条、1天20条） / Too many codes: one in 30 seconds, ten an hour, twenty a day", TimeSpan.FromSeconds(30));
        }

        await sender.SendAsync(credential.Recipient, code, context.RequestAborted).ConfigureAwait(false);
        await audit.RecordAsync(context, caller, "signature.code-sent", credential.Id).ConfigureAwait(false);
        return Results.NoContent();
    }

    private static async Task<IResult> AuthorizeAsync(
        HttpContext context, AccessControl access, RemoteCredentials credentials, OneTimeCodes codes, SignatureAuthorizations authorizations, IssuerDirectory issuers, AuditLog audit, TimeProvider time)
    {
        (Caller caller, AuthorizeRequest request, RemoteCredential credential) = await ReadAsync<AuthorizeRequest>(context, access, credentials, time, static body => body.CredentialId).ConfigureAwait(false);
        IReadOnlyList<byte[]> hashes = ReadHashes(credential, request.Hashes, request.HashAlgorithmOid);
        if (request.NumSignatures != hashes.Count)
        {
            throw Invalid("numSignatures应与hashes数量一致 / numSignatures is the number of hashes: each is authorised by itself");
        }

        await RequireInForceAsync(credential, issuers, time, context.RequestAborted).ConfigureAwait(false);
        bool isRight = await codes.TryTakeAsync(credential.Id, request.AuthData.FirstOrDefault(static datum => datum.Id == "OTP")?.Value, context.RequestAborted).ConfigureAwait(false);
        await audit.RecordAsync(context, caller, isRight ? "signature.authorized" : "signature.code-wrong", credential.Id, ("hashes", string.Join(' ', hashes.Select(Convert.ToHexStringLower)))).ConfigureAwait(false);
        return isRight
            ? Results.Json(new { SAD = await authorizations.CreateAsync(caller.Token.Id, credential.Id, credential.Credential.Key.Algorithm.Digest.Oid, hashes, context.RequestAborted).ConfigureAwait(false), expiresIn = (int)SignatureAuthorizations.Life.TotalSeconds }, Json)
            : throw new RequestRefusedException(StatusCodes.Status400BadRequest, "invalid_otp", "验证码错误或已失效，无法完成签署 / The one-time code is wrong or has ended");
    }

    private static async Task<IResult> SignAsync(HttpContext context, AccessControl access, RemoteCredentials credentials, SignatureAuthorizations authorizations, IssuerDirectory issuers, AuditLog audit, TimeProvider time)
    {
        (Caller caller, SignHashRequest request, RemoteCredential credential) = await ReadAsync<SignHashRequest>(context, access, credentials, time, static body => body.CredentialId).ConfigureAwait(false);
        IReadOnlyList<byte[]> hashes = ReadHashes(credential, request.Hashes, request.HashAlgorithmOid);
        SignatureAlgorithm algorithm = credential.Credential.Key.Algorithm;
        if (request.SignAlgo is { } asked && !string.Equals(asked, algorithm.Oid, StringComparison.Ordinal))
        {
            throw Invalid($"该密钥只能使用{algorithm.Oid} / The key signs with {algorithm.Oid} only");
        }

        if (credential.Credential.Key is not IDigestSigner signer)
        {
            throw new RequestRefusedException(StatusCodes.Status501NotImplemented, "key", "该密钥不支持对摘要签名 / The key cannot sign a digest");
        }

        await RequireInForceAsync(credential, issuers, time, context.RequestAborted).ConfigureAwait(false);
        if (!await authorizations.TryTakeAsync(request.ActivationData, caller.Token.Id, credential.Id, algorithm.Digest.Oid, hashes, context.RequestAborted).ConfigureAwait(false))
        {
            throw new RequestRefusedException(StatusCodes.Status400BadRequest, "invalid_sad", "SAD无效、已使用，或不是为这些摘要签发 / The SAD is not valid, was used, or is for other hashes");
        }

        byte[][] signatures = [.. hashes.Select(hash => signer.SignDigest(hash))];
        await audit.RecordAsync(context, caller, "signature.made", credential.Id, ("certificate", credential.Credential.Certificate.SerialNumberHex), ("hashes", string.Join(' ', hashes.Select(Convert.ToHexStringLower)))).ConfigureAwait(false);
        return Results.Json(new { signatures = signatures.Select(Convert.ToBase64String) }, Json);
    }

    private static async Task<IResult> StampAsync(HttpContext context, AccessControl access, AuditLog audit, IServiceProvider services, TimeProvider time)
    {
        Caller caller = await access.RequireAsync(context, Permission.SignRemotely).ConfigureAwait(false);
        CscTimestampRequest request = await ReadBodyAsync<CscTimestampRequest>(context, time).ConfigureAwait(false);
        TimestampAuthority authority = services.GetService<TimestampAuthority>() ?? throw new RequestRefusedException(StatusCodes.Status501NotImplemented, "no-tsa", "未提供时间戳 / There is no timestamp authority here");
        DigestAlgorithm digest = DigestAlgorithm.FromOid(request.HashAlgo) ?? throw Invalid("不支持的hashAlgo / hashAlgo is not known");
        byte[] hash = Decode(request.Hash);
        if (hash.Length != digest.SizeInBytes)
        {
            throw Invalid("hash长度与hashAlgo不符 / The hash has not the length of hashAlgo");
        }

        TimestampToken token = await authority.GetTimestampAsync(digest, hash, context.RequestAborted).ConfigureAwait(false);
        await audit.RecordAsync(context, caller, "timestamp.issued", Convert.ToHexStringLower(token.Info.SerialNumber.Span), ("imprint", Convert.ToHexStringLower(hash))).ConfigureAwait(false);
        return Results.Json(new { timestamp = Convert.ToBase64String(token.RawData.Span) }, Json);
    }

    private static async ValueTask RequireInForceAsync(RemoteCredential credential, IssuerDirectory issuers, TimeProvider time, CancellationToken cancellationToken)
    {
        string status = await RemoteCredentials.ReadStatusAsync(credential.Credential.Certificate, issuers, time, cancellationToken).ConfigureAwait(false);
        if (status != RemoteCredentials.Valid)
        {
            throw new RequestRefusedException(StatusCodes.Status400BadRequest, "credential-not-in-force", $"证书不在有效状态（{status}） / The certificate is not in force ({status})");
        }
    }

    private static IReadOnlyList<byte[]> ReadHashes(RemoteCredential credential, IReadOnlyList<string> hashes, string? digestOid)
    {
        DigestAlgorithm digest = credential.Credential.Key.Algorithm.Digest;
        if (digestOid is not null && !string.Equals(digestOid, digest.Oid, StringComparison.Ordinal))
        {
            throw Invalid($"该密钥使用 {digest.Name} 摘要（{digest.Oid}） / The key signs {digest.Name} digests ({digest.Oid})");
        }

        byte[][] decoded = [.. hashes.Select(Decode)];
        return decoded.Length is > 0 and <= MaximumHashes && Array.TrueForAll(decoded, hash => hash.Length == digest.SizeInBytes)
            ? decoded
            : throw Invalid($"应为1至{MaximumHashes}个{digest.SizeInBytes}字节的摘要 / 1 to {MaximumHashes} hashes of {digest.SizeInBytes} bytes");
    }

    private static byte[] Decode(string base64)
    {
        byte[] decoded = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, decoded, out int length) ? decoded[..length] : throw Invalid("摘要应为Base64 / Hashes are base64");
    }

    private static string Generalized(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture);

    private static RequestRefusedException Invalid(string reason) => new(StatusCodes.Status400BadRequest, "invalid_request", reason);

    private static async ValueTask<(Caller Caller, T Request, RemoteCredential Credential)> ReadAsync<T>(HttpContext context, AccessControl access, RemoteCredentials credentials, TimeProvider time, Func<T, string?> credentialOf)
    {
        Caller caller = await access.RequireAsync(context, Permission.SignRemotely).ConfigureAwait(false);
        T request = await ReadBodyAsync<T>(context, time).ConfigureAwait(false);
        return (caller, request, credentials.Find(credentialOf(request), caller.Token.Name) ?? throw Invalid("credentialID无效 / The credentialID is not one of the caller's"));
    }

    private static async ValueTask<T> ReadBodyAsync<T>(HttpContext context, TimeProvider time)
    {
        byte[] body = await RequestBody.ReadAsync(context, 64 * 1024, time).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize<T>(body, Json) ?? throw Invalid("缺少请求内容 / The body is missing");
        }
        catch (JsonException exception)
        {
            throw Invalid("JSON格式错误 / The JSON is malformed: " + exception.Message);
        }
    }
}
