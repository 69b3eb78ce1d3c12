using ESign.Pki.Issuance;
using ESign.Pki.Names;
using ESign.Pki.Revocation;

namespace ESign.Registration;

/// <summary>Turns approved applications into certificates, and ended identities into revocations.</summary>
/// <remarks>The only way from here to a certificate: an application that is not approved gives no subject.</remarks>
public sealed class RegistrationAuthority
{
    private readonly CertificateAuthority _authority;

    /// <summary>Makes a registration authority.</summary>
    /// <param name="authority">The authority that issues.</param>
    public RegistrationAuthority(CertificateAuthority authority)
    {
        ArgumentNullException.ThrowIfNull(authority);
        _authority = authority;
    }

    /// <summary>Issues a person's certificate.</summary>
    /// <param name="application">The approved application; its identifier is recorded as evidence.</param>
    /// <param name="csr">The person's PKCS#10 request (PEM): proves possession of the key; its names are ignored.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="RegistrationException">The application is not approved.</exception>
    /// <exception cref="IssuanceRefusedException">The authority refuses the key.</exception>
    public ValueTask<IssuedCertificate> IssuePersonAsync(PersonApplication application, string csr, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(application);
        return IssueAsync(CertificateProfile.Person, application.ToSubject(), csr, application.Id, cancellationToken);
    }

    /// <summary>Issues an organisation's seal certificate.</summary>
    /// <param name="application">The approved application; its identifier is recorded as evidence.</param>
    /// <param name="csr">The organisation's PKCS#10 request (PEM).</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="RegistrationException">The application is not approved.</exception>
    /// <exception cref="IssuanceRefusedException">The authority refuses the key.</exception>
    public ValueTask<IssuedCertificate> IssueEnterpriseAsync(EnterpriseApplication application, string csr, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(application);
        return IssueAsync(CertificateProfile.EnterpriseSeal, application.ToSubject(), csr, application.EvidenceReference, cancellationToken);
    }

    /// <summary>Issues a certificate to a person who signs for an organisation.</summary>
    /// <param name="enterprise">The organisation's approved application.</param>
    /// <param name="person">The person's approved application.</param>
    /// <param name="csr">The person's PKCS#10 request (PEM).</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="RegistrationException">One of the applications is not approved.</exception>
    /// <exception cref="IssuanceRefusedException">The authority refuses the key.</exception>
    public ValueTask<IssuedCertificate> IssueOperatorAsync(EnterpriseApplication enterprise, PersonApplication person, string csr, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(enterprise);
        ArgumentNullException.ThrowIfNull(person);
        CertificateSubject organization = enterprise.ToSubject();
        person.ToSubject();
        CertificateSubject subject = CertificateSubject.EnterpriseOperator(person.Name, person.Document, organization.CommonName, enterprise.Code);
        return IssueAsync(CertificateProfile.EnterpriseOperator, subject, csr, $"{enterprise.Id}; {person.Id}", cancellationToken);
    }

    /// <summary>Ends an organisation's identity (dissolved, renamed, mismatch) and revokes all its certificates, operators' included.</summary>
    /// <param name="application">The approved application.</param>
    /// <param name="reason">Why, for the record.</param>
    /// <param name="revocationReason">What the CRL says.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The ended application and how many certificates were revoked.</returns>
    /// <exception cref="RegistrationException">It was never approved.</exception>
    public async ValueTask<(EnterpriseApplication Application, int Revoked)> EndAsync(EnterpriseApplication application, string reason, RevocationReason revocationReason = RevocationReason.CessationOfOperation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(application);
        EnterpriseApplication ended = application.End(reason);
        return (ended, await _authority.RevokeIdentityAsync(application.Code, person: null, revocationReason, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Ends a person's identity (name changed, account closed) and revokes all certificates in that person's name.</summary>
    /// <param name="application">The approved application.</param>
    /// <param name="reason">Why, for the record.</param>
    /// <param name="revocationReason">What the CRL says.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The ended application and how many certificates were revoked.</returns>
    /// <exception cref="RegistrationException">It was never approved.</exception>
    public async ValueTask<(PersonApplication Application, int Revoked)> EndAsync(PersonApplication application, string reason, RevocationReason revocationReason = RevocationReason.AffiliationChanged, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(application);
        PersonApplication ended = application.End(reason);
        return (ended, await _authority.RevokeIdentityAsync(code: null, application.Document, revocationReason, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>An employee left: revokes that person's operator certificates of that organisation and no others.</summary>
    /// <param name="enterprise">The organisation.</param>
    /// <param name="person">The employee's document.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many certificates were revoked.</returns>
    public ValueTask<int> RemoveOperatorAsync(UnifiedSocialCreditCode enterprise, IdentityDocument person, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(enterprise);
        ArgumentNullException.ThrowIfNull(person);
        return _authority.RevokeIdentityAsync(enterprise, person, RevocationReason.AffiliationChanged, cancellationToken);
    }

    private ValueTask<IssuedCertificate> IssueAsync(CertificateProfile profile, CertificateSubject subject, string csr, string evidence, CancellationToken cancellationToken) =>
        _authority.IssueAsync(profile, IssuanceRequest.FromCsr(csr, subject) with { EvidenceReference = evidence }, cancellationToken);
}
