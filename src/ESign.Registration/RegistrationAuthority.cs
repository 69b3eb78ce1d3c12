using ESign.Pki.Issuance;
using ESign.Pki.Names;
using ESign.Pki.Revocation;

namespace ESign.Registration;

/// <summary>Turns approved applications into certificates, and ended or changed identities into revocations.</summary>
/// <remarks>
/// Applications are read from their repository, never taken from the caller: an application that is not approved there gives no
/// certificate. One that ends or changes while its certificate is made loses it at once: that is looked at whether or not somebody still waits.
/// </remarks>
public sealed class RegistrationAuthority
{
    private readonly CertificateAuthority _authority;
    private readonly IApplicationRepository _applications;

    /// <summary>Makes a registration authority.</summary>
    /// <param name="authority">The authority that issues.</param>
    /// <param name="applications">The applications.</param>
    public RegistrationAuthority(CertificateAuthority authority, IApplicationRepository applications)
    {
        ArgumentNullException.ThrowIfNull(authority);
        ArgumentNullException.ThrowIfNull(applications);
        _authority = authority;
        _applications = applications;
    }

    /// <summary>Told of every certificate that was made and, because its identity ended or changed meanwhile, revoked at once.</summary>
    internal Func<IssuedCertificate, ValueTask>? Undone { get; init; }

    /// <summary>Issues a person's certificate.</summary>
    /// <param name="applicationId">The approved application; recorded as evidence.</param>
    /// <param name="csr">The person's PKCS#10 request (PEM): proves possession of the key; its names are ignored.</param>
    /// <param name="validity">For how long; as the profile says when absent.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="RegistrationException">The application is not approved, or there is none.</exception>
    /// <exception cref="IssuanceRefusedException">The authority refuses the key.</exception>
    public async ValueTask<IssuedCertificate> IssuePersonAsync(string applicationId, string csr, TimeSpan? validity = null, CancellationToken cancellationToken = default)
    {
        PersonApplication application = await _applications.RequirePersonAsync(applicationId, cancellationToken).ConfigureAwait(false);
        IssuedCertificate issued = await IssueAsync(CertificateProfile.Person, application.ToSubject(), csr, application.Id, validity, cancellationToken).ConfigureAwait(false);
        bool isStillGood = await _applications.RequirePersonAsync(applicationId, CancellationToken.None).ConfigureAwait(false) is { State: ApplicationState.Approved };
        return await KeepAsync(issued, isStillGood, applicationId).ConfigureAwait(false);
    }

    /// <summary>Issues an organisation's seal certificate.</summary>
    /// <param name="applicationId">The approved application; recorded as evidence, with its signed letter where there is one.</param>
    /// <param name="csr">The organisation's PKCS#10 request (PEM).</param>
    /// <param name="validity">For how long; as the profile says when absent.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="RegistrationException">The application is not approved, or there is none.</exception>
    /// <exception cref="IssuanceRefusedException">The authority refuses the key.</exception>
    public async ValueTask<IssuedCertificate> IssueEnterpriseAsync(string applicationId, string csr, TimeSpan? validity = null, CancellationToken cancellationToken = default)
    {
        EnterpriseApplication application = await _applications.RequireEnterpriseAsync(applicationId, cancellationToken).ConfigureAwait(false);
        IssuedCertificate issued = await IssueAsync(CertificateProfile.EnterpriseSeal, application.ToSubject(), csr, application.EvidenceReference, validity, cancellationToken).ConfigureAwait(false);
        return await KeepAsync(issued, IsUnchanged(application, await _applications.RequireEnterpriseAsync(applicationId, CancellationToken.None).ConfigureAwait(false)), applicationId).ConfigureAwait(false);
    }

    /// <summary>Issues a certificate to a person who signs for an organisation: its super administrator, or one it added.</summary>
    /// <param name="enterpriseId">The organisation's approved application.</param>
    /// <param name="personId">The person's approved application.</param>
    /// <param name="csr">The person's PKCS#10 request (PEM).</param>
    /// <param name="validity">For how long; as the profile says when absent.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="RegistrationException">One of the applications is not approved, or the person is not of the organisation (<c>operator</c>).</exception>
    /// <exception cref="IssuanceRefusedException">The authority refuses the key.</exception>
    public async ValueTask<IssuedCertificate> IssueOperatorAsync(string enterpriseId, string personId, string csr, TimeSpan? validity = null, CancellationToken cancellationToken = default)
    {
        EnterpriseApplication enterprise = await _applications.RequireEnterpriseAsync(enterpriseId, cancellationToken).ConfigureAwait(false);
        PersonApplication person = await _applications.RequirePersonAsync(personId, cancellationToken).ConfigureAwait(false);
        person.ToSubject();
        CertificateSubject subject = CertificateSubject.EnterpriseOperator(person.Name, person.Document, enterprise.ToSubject().CommonName, enterprise.Code);
        enterprise.RequireOperator(person);
        IssuedCertificate issued = await IssueAsync(CertificateProfile.EnterpriseOperator, subject, csr, $"{enterprise.Id}; {person.Id}", validity, cancellationToken).ConfigureAwait(false);
        PersonApplication personNow = await _applications.RequirePersonAsync(personId, CancellationToken.None).ConfigureAwait(false);
        EnterpriseApplication enterpriseNow = await _applications.RequireEnterpriseAsync(enterpriseId, CancellationToken.None).ConfigureAwait(false);
        bool isStillGood = IsUnchanged(enterprise, enterpriseNow) && enterpriseNow.IsOperator(personNow) && personNow.State == ApplicationState.Approved;
        return await KeepAsync(issued, isStillGood, enterpriseId).ConfigureAwait(false);
    }

    /// <summary>Ends an organisation's identity (dissolved, account closed, mismatch) and revokes all its certificates, operators' included.</summary>
    /// <remarks>The identity ends first. If revoking is interrupted, call again: an ended application only has its certificates revoked.</remarks>
    /// <param name="applicationId">The approved or ended application.</param>
    /// <param name="reason">Why, for the record.</param>
    /// <param name="revocationReason">What the CRL says.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The ended application and how many certificates were revoked.</returns>
    /// <exception cref="RegistrationException">It was never approved, or there is none.</exception>
    public async ValueTask<(EnterpriseApplication Application, int Revoked)> EndEnterpriseAsync(
        string applicationId, string reason, RevocationReason revocationReason = RevocationReason.CessationOfOperation, CancellationToken cancellationToken = default)
    {
        EnterpriseApplication ended = await _applications.ChangeEnterpriseAsync(applicationId, application => application.State == ApplicationState.Ended ? application : application.End(reason), cancellationToken).ConfigureAwait(false);
        return (ended, await RevokeAsync(ended.Code, person: null, revocationReason, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Ends a person's identity (name changed, account closed) and revokes all certificates in that person's name.</summary>
    /// <remarks>As <see cref="EndEnterpriseAsync"/>: the identity first, and again when interrupted.</remarks>
    /// <param name="applicationId">The approved or ended application.</param>
    /// <param name="reason">Why, for the record.</param>
    /// <param name="revocationReason">What the CRL says.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The ended application and how many certificates were revoked.</returns>
    /// <exception cref="RegistrationException">It was never approved, or there is none.</exception>
    public async ValueTask<(PersonApplication Application, int Revoked)> EndPersonAsync(
        string applicationId, string reason, RevocationReason revocationReason = RevocationReason.AffiliationChanged, CancellationToken cancellationToken = default)
    {
        PersonApplication ended = await _applications.ChangePersonAsync(applicationId, application => application.State == ApplicationState.Ended ? application : application.End(reason), cancellationToken).ConfigureAwait(false);
        return (ended, await RevokeAsync(code: null, ended.Document, revocationReason, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>A reviewer decides on an organisation's change. What was certified under the old name, legal representative or administrator is revoked before the change is made.</summary>
    /// <remarks>From the decision on nothing is certified until the change is made. If revoking is interrupted the change is granted and not made: decide again.</remarks>
    /// <param name="applicationId">The organisation's application.</param>
    /// <param name="approved">Whether the change is made.</param>
    /// <param name="reviewer">Who decides.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The application after it and how many certificates were revoked; issue new ones.</returns>
    /// <exception cref="RegistrationException">No change is under review.</exception>
    public async ValueTask<(EnterpriseApplication Application, int Revoked)> DecideChangeAsync(string applicationId, bool approved, string reviewer, string reason, CancellationToken cancellationToken = default)
    {
        EnterpriseApplication application = await _applications.RequireEnterpriseAsync(applicationId, cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = _authority.Options.TimeProvider.GetUtcNow();
        DateTimeOffset requestedAt = application.RequirePendingChange().RequestedAt;
        application.DecideChange(approved, reviewer, reason, now); // refuses before anything is revoked
        int revoked = 0;
        if (approved)
        {
            application = await GrantChangeAsync(applicationId, requestedAt, cancellationToken).ConfigureAwait(false);
            IdentityDocument? former = application.PendingChange!.Kind == EnterpriseChangeKind.SuperAdministrator ? application.SuperAdministrator.Document : null;
            revoked = await RevokeAsync(application.Code, former, RevocationReason.AffiliationChanged, cancellationToken).ConfigureAwait(false);
        }

        return (await _applications.ChangeEnterpriseAsync(applicationId, found => found.DecideChange(approved, reviewer, reason, now, requestedAt), cancellationToken).ConfigureAwait(false), revoked);
    }

    /// <summary>An employee left: that person is no operator any more, and loses the operator certificates of that organisation and no others.</summary>
    /// <param name="enterpriseId">The organisation's application.</param>
    /// <param name="personId">The person's application.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <remarks>If it is interrupted, call again.</remarks>
    /// <returns>How many certificates were revoked.</returns>
    /// <exception cref="RegistrationException">There are no such applications, or the person is not of the organisation.</exception>
    public async ValueTask<int> RemoveOperatorAsync(string enterpriseId, string personId, CancellationToken cancellationToken = default)
    {
        PersonApplication person = await _applications.RequirePersonAsync(personId, cancellationToken).ConfigureAwait(false);
        EnterpriseApplication enterprise = await _applications.RequireEnterpriseAsync(enterpriseId, cancellationToken).ConfigureAwait(false);
        enterprise.RemoveOperator(personId); // refuses a stranger
        await BeginRemovalAsync(enterpriseId, personId, cancellationToken).ConfigureAwait(false);
        int revoked = await RevokeAsync(enterprise.Code, person.Document, RevocationReason.AffiliationChanged, cancellationToken).ConfigureAwait(false);
        await _applications.ChangeEnterpriseAsync(enterpriseId, found => found.RemoveOperator(personId), cancellationToken).ConfigureAwait(false);
        return revoked;
    }

    /// <summary>The first half of making a change: no certificate in the old name is handed out after this, with whatever authority.</summary>
    internal Task<EnterpriseApplication> GrantChangeAsync(string applicationId, DateTimeOffset? requestedAt, CancellationToken cancellationToken) =>
        _applications.ChangeEnterpriseAsync(applicationId, found => found.GrantChange(requestedAt), cancellationToken);

    /// <summary>The first half of a person's leaving: no certificate for the organisation is handed to that person after this, with whatever authority.</summary>
    internal Task<EnterpriseApplication> BeginRemovalAsync(string enterpriseId, string personId, CancellationToken cancellationToken) =>
        _applications.ChangeEnterpriseAsync(enterpriseId, found => found.BeginRemoval(personId), cancellationToken);

    /// <summary>Revokes what an ended identity still has: what <see cref="EndEnterpriseAsync"/> does, for other authorities than its own.</summary>
    /// <remarks>Until nothing is found: what is renewed while the first pass goes on is found by the next.</remarks>
    internal async ValueTask<int> RevokeAsync(UnifiedSocialCreditCode? code, IdentityDocument? person, RevocationReason reason, CancellationToken cancellationToken)
    {
        int revoked = 0;
        int found;
        do
        {
            found = await _authority.RevokeIdentityAsync(code, person, reason, cancellationToken).ConfigureAwait(false);
            revoked += found;
        }
        while (found > 0);
        return revoked;
    }

    private static bool IsUnchanged(EnterpriseApplication before, EnterpriseApplication now) =>
        now is { State: ApplicationState.Approved, PendingChange: not { IsGranted: true } } && now.Changes.Count == before.Changes.Count;

    private ValueTask<IssuedCertificate> IssueAsync(CertificateProfile profile, CertificateSubject subject, string csr, string evidence, TimeSpan? validity, CancellationToken cancellationToken) =>
        _authority.IssueAsync(profile, IssuanceRequest.FromCsr(csr, subject) with { EvidenceReference = evidence, Validity = validity }, cancellationToken);

    /// <summary>Hands a certificate out, unless its identity ended or changed while it was made.</summary>
    private async ValueTask<IssuedCertificate> KeepAsync(IssuedCertificate issued, bool isStillGood, string applicationId)
    {
        if (isStillGood)
        {
            return issued;
        }

        await _authority.RevokeAsync(issued.SerialNumber, RevocationReason.AffiliationChanged, invalidityDate: null, CancellationToken.None).ConfigureAwait(false);
        if (Undone is { } undone)
        {
            await undone(issued).ConfigureAwait(false);
        }

        throw new RegistrationException("state", $"申请{applicationId}在签发期间已变更，证书已吊销 / Application {applicationId} changed while its certificate was made; the certificate was revoked");
    }
}
