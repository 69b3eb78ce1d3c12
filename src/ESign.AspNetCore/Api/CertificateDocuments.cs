using ESign.Pki.Issuance;
using ESign.Pki.Revocation;

namespace ESign.AspNetCore.Api;

/// <summary>Asks for a certificate.</summary>
/// <param name="Profile">The kind: <c>enterprise-seal</c>, <c>enterprise-operator</c>, <c>person</c> or <c>event</c>.</param>
/// <param name="Subject">Who it is for, as verified.</param>
/// <param name="Csr">A PKCS#10 request in PEM: its key is certified, its names are not looked at.</param>
/// <param name="Issuer">The issuer; the first when absent.</param>
/// <param name="ValidityDays">For how long; as the profile says when absent.</param>
/// <param name="EmailAddress">A verified mail address for the certificate.</param>
/// <param name="Evidence">Where the evidence of the verification lies.</param>
internal sealed record IssueDocument(string Profile, SubjectDocument Subject, string Csr, string? Issuer = null, int? ValidityDays = null, string? EmailAddress = null, string? Evidence = null);

/// <summary>Asks for a certificate that replaces one: for the same subject, whose numbers are given again.</summary>
internal sealed record RenewDocument(SubjectDocument Subject, string Csr, int? ValidityDays = null, string? EmailAddress = null, string? Evidence = null);

/// <summary>Revokes a certificate.</summary>
/// <param name="Reason">Why (RFC 5280 §5.3.1).</param>
/// <param name="InvalidityDate">Since when the key is believed to be in other hands.</param>
internal sealed record RevokeDocument(RevocationReason Reason, DateTimeOffset? InvalidityDate = null);

/// <summary>A certificate and where it stands.</summary>
internal sealed record CertificateDocument
{
    public required string Issuer { get; init; }

    public required string SerialNumber { get; init; }

    public required string Profile { get; init; }

    /// <summary>The subject, persons masked.</summary>
    public required string Subject { get; init; }

    public string? CreditCode { get; init; }

    public required CertificateState Status { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public RevocationReason? Reason { get; init; }

    /// <summary>The certificate in PEM.</summary>
    public string? Certificate { get; init; }

    /// <summary>The certificates above it in PEM, root last.</summary>
    public IReadOnlyList<string>? Chain { get; init; }
}

/// <summary>For whom a token enrols.</summary>
/// <param name="Profile">The kind of certificate.</param>
/// <param name="Subject">Who, as verified.</param>
/// <param name="Issuer">The issuer; the first when absent.</param>
/// <param name="Evidence">Where the evidence of the verification lies.</param>
/// <param name="Days">How long the token is good. Default: 30.</param>
/// <param name="Certificate">A certificate issued here (PEM) with which, by TLS, the subject enrols in place of a token.</param>
internal sealed record EnrolmentDocument(string Profile, SubjectDocument Subject, string? Issuer = null, string? Evidence = null, int Days = 30, string? Certificate = null);

/// <summary>An issuer of this service.</summary>
internal sealed record IssuerDocument(string Name, string Id, string Subject, DateTimeOffset NotAfter, string Certificate, bool IsOffline);

/// <summary>The CRL of an offline issuer as it was placed.</summary>
internal sealed record PlacedCrlDocument(string Issuer, string? Number, int Entries, DateTimeOffset ThisUpdate, DateTimeOffset? NextUpdate);
