using System.Formats.Asn1;
using System.Text;
using ESign.AspNetCore.Access;
using ESign.AspNetCore.Api;
using ESign.AspNetCore.Authorities;
using ESign.AspNetCore.Operations;
using ESign.Pki.Issuance;
using ESign.Registration.Access;
using ESign.Registration.Protection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ESign.AspNetCore.Enrolment;

/// <summary>Enrolment over secure transport: cacerts, simpleenroll, simplereenroll, csrattrs.</summary>
/// <remarks>
/// RFC 7030 §4.1, §4.2, §4.5; bodies are base64 as RFC 8951 §3.1 settles it. The subject is the one the token was made for
/// (§4.2.1 leaves the names of the request to the authority): the request gives the key only.
/// </remarks>
internal static class EnrolmentEndpoints
{
    private const int MaximumRequest = 128 * 1024;
    private const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";
    private const string EcPublicKey = "1.2.840.10045.2.1";
    private const string Prime256v1 = "1.2.840.10045.3.1.7";

    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapGet("/cacerts", (HttpContext context, IssuerDirectory issuers) => SendAsync(
            context,
            CertificateBundle.Encode(issuers.All.SelectMany(static issuer => issuer.Chain).Concat(issuers.Offline.SelectMany(static issuer => issuer.Chain)).Distinct()),
            "application/pkcs7-mime"));
        group.MapGet("/csrattrs", (HttpContext context) => SendAsync(context, EncodeCsrAttributes(), "application/csrattrs"));
        group.MapPost("/simpleenroll", EnrolAsync);
        group.MapPost("/simplereenroll", ReenrolAsync);
    }

    // RFC 7030 §4.2.1, with a token, or with a client certificate for which an enrolment was made.
    private static async Task EnrolAsync(HttpContext context, AccessControl access, IAccessTokenStore tokens, IssuerDirectory issuers, CertificateIssuance issuance, DataKeyRing keys, TimeProvider time)
    {
        Caller caller = await access.RequireAsync(context, Permission.Enrol).ConfigureAwait(false);
        await IssueAsync(context, caller, tokens, issuers, issuance, keys, await ReadRequestAsync(context, time).ConfigureAwait(false), isRenewal: false).ConfigureAwait(false);
    }

    // RFC 7030 §4.2.2, with a token, or with the certificate that is to be renewed.
    private static async Task ReenrolAsync(
        HttpContext context, AccessControl access, ClientCertificates certificates, IAccessTokenStore tokens, IssuerDirectory issuers, CertificateIssuance issuance, DataKeyRing keys, TimeProvider time)
    {
        if (context.Request.Headers.Authorization.Count > 0 || await certificates.FindAsync(context).ConfigureAwait(false) is not { } client)
        {
            Caller caller = await access.RequireAsync(context, Permission.Enrol).ConfigureAwait(false);
            await IssueAsync(context, caller, tokens, issuers, issuance, keys, await ReadRequestAsync(context, time).ConfigureAwait(false), isRenewal: true).ConfigureAwait(false);
            return;
        }

        var csr = CertificationRequest.Decode(await ReadRequestAsync(context, time).ConfigureAwait(false));
        if (!csr.ProvesPossession())
        {
            throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "refused-proof-of-possession", "证书请求的签名验证失败 / The request does not prove possession of its key");
        }

        // "The request Subject field … MUST be identical to the corresponding … in the certificate being renewed/rekeyed."
        if (!csr.Subject.Span.SequenceEqual(client.Certificate.Subject.RawData.Span))
        {
            throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "other-subject", "请求的主体应与客户端证书一致 / The request's subject must be that of the client certificate (RFC 7030 §4.2.2): openssl x509 -x509toreq copies it");
        }

        IssuedCertificate issued = await issuance.RenewAsync(context, client, csr.SubjectPublicKeyInfo).ConfigureAwait(false);
        await SendIssuedAsync(context, issued).ConfigureAwait(false);
    }

    private static async ValueTask<byte[]> ReadRequestAsync(HttpContext context, TimeProvider time) =>
        DecodeBody(await RequestBody.ReadAsync(context, MaximumRequest, time).ConfigureAwait(false));

    private static async Task IssueAsync(
        HttpContext context, Caller caller, IAccessTokenStore tokens, IssuerDirectory issuers, CertificateIssuance issuance, DataKeyRing keys, byte[] csr, bool isRenewal)
    {
        if (caller.Token.SealedEnrolment.IsEmpty)
        {
            throw new RequestRefusedException(StatusCodes.Status403Forbidden, "no-enrolment", "该令牌不含申请 / The token was not made for an enrolment");
        }

        EnrolmentDocument enrolment = caller.Text is { } text
            ? SealedEnrolment.Open(caller.Token.SealedEnrolment.Span, text)
            : SealedEnrolment.Open(caller.Token.SealedEnrolment.Span, keys, caller.Token.Id);
        HostedIssuer issuer = issuers.Find(enrolment.Issuer);
        IssuanceRequest request = IssuanceRequest.FromCsr(csr, enrolment.Subject.ToSubject()) with { EvidenceReference = enrolment.Evidence };
        await CheckTurnAsync(context, caller, tokens, isRenewal).ConfigureAwait(false);
        IssuedCertificate issued = await issuance.IssueAsync(context, caller, issuer, CertificateIssuance.FindProfile(enrolment.Profile), request).ConfigureAwait(false);
        await SendIssuedAsync(context, issued).ConfigureAwait(false);
    }

    // RFC 7030 §4.2.3: only the certificate issued.
    private static Task SendIssuedAsync(HttpContext context, IssuedCertificate issued) =>
        SendAsync(context, CertificateBundle.Encode([issued.Certificate]), "application/pkcs7-mime; smime-type=certs-only");

    // One first certificate per token; whoever has had it may renew for as long as the token lasts.
    private static async ValueTask CheckTurnAsync(HttpContext context, Caller caller, IAccessTokenStore tokens, bool isRenewal)
    {
        bool isInTurn = isRenewal
            ? caller.Token.IsEnrolled
            : await tokens.TryTakeEnrolmentAsync(caller.Token.Id, context.RequestAborted).ConfigureAwait(false);
        if (!isInTurn)
        {
            throw isRenewal
                ? new RequestRefusedException(StatusCodes.Status403Forbidden, "not-enrolled", "尚未首次申请 / Nothing was enrolled yet: use simpleenroll")
                : new RequestRefusedException(StatusCodes.Status403Forbidden, "already-enrolled", "令牌已用于首次申请 / The token was used: use simplereenroll");
        }
    }

    private static byte[] DecodeBody(byte[] body)
    {
        string text = Encoding.Latin1.GetString(body);
        byte[] decoded = new byte[text.Length];
        return Convert.TryFromBase64String(text, decoded, out int length)
            ? decoded[..length]
            : throw new RequestRefusedException(StatusCodes.Status400BadRequest, "not-base64", "请求内容应为Base64 / The body is base64 of a PKCS#10 request (RFC 8951 §3.1)");
    }

    // RFC 7030 §4.5.2: CsrAttrs ::= SEQUENCE SIZE (0..MAX) OF AttrOrOID: ECDSA with SHA-256, a key on P-256.
    private static byte[] EncodeCsrAttributes()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, 128);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(EcdsaWithSha256);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(EcPublicKey);
                using (writer.PushSetOf())
                {
                    writer.WriteObjectIdentifier(Prime256v1);
                }
            }
        }

        return writer.Encode();
    }

    private static async Task SendAsync(HttpContext context, byte[] der, string type)
    {
        byte[] body = Encoding.ASCII.GetBytes(Convert.ToBase64String(der, Base64FormattingOptions.InsertLineBreaks) + "\r\n");
        context.Response.ContentType = type;
        context.Response.Headers["Content-Transfer-Encoding"] = "base64";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }
}
