using ESign.AspNetCore.Operations;
using ESign.Pki.Names;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.Api;

/// <summary>A verified subject in JSON.</summary>
internal sealed record SubjectDocument
{
    /// <summary><c>enterprise</c>, <c>person</c> or <c>enterpriseOperator</c>.</summary>
    public required CertificateSubjectKind Kind { get; init; }

    /// <summary>The name: of the organisation, else of the person.</summary>
    public required string Name { get; init; }

    /// <summary>The unified social credit code of the organisation.</summary>
    public string? CreditCode { get; init; }

    /// <summary>The organisation a person acts for.</summary>
    public string? Organization { get; init; }

    /// <summary>The kind of the person's document.</summary>
    public IdentityDocumentKind? DocumentKind { get; init; }

    /// <summary>The number of the person's document.</summary>
    public string? DocumentNumber { get; init; }

    /// <summary>The subject, if everything in it is right.</summary>
    /// <exception cref="RequestRefusedException">Something is missing or wrong (422).</exception>
    public CertificateSubject ToSubject()
    {
        try
        {
            return Kind switch
            {
                CertificateSubjectKind.Enterprise => CertificateSubject.Enterprise(Name, ParseCode()),
                CertificateSubjectKind.Person => CertificateSubject.Person(Name, ParseDocument()),
                CertificateSubjectKind.EnterpriseOperator => CertificateSubject.EnterpriseOperator(Name, ParseDocument(), Organization ?? throw Missing("organization"), ParseCode()),
                _ => throw Refuse($"不能通过接口签发给{Kind} / Subjects of kind {Kind} are not issued to over the API"),
            };
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw Refuse(exception.Message);
        }
    }

    private static RequestRefusedException Refuse(string reason) => new(StatusCodes.Status422UnprocessableEntity, "subject", reason);

    private static RequestRefusedException Missing(string member) => Refuse($"缺少{member} / {member} is missing");

    private UnifiedSocialCreditCode ParseCode() => UnifiedSocialCreditCode.Parse(CreditCode ?? throw Missing("creditCode"));

    private IdentityDocument ParseDocument() =>
        IdentityDocument.Parse(DocumentKind ?? throw Missing("documentKind"), DocumentNumber ?? throw Missing("documentNumber"));
}
