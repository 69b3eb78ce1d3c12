using ESign.Pki.Names;

namespace ESign.Registration;

/// <summary>Keeps applications with their evidence. Safe under concurrent callers; an answer means the change is durable.</summary>
/// <remarks>
/// Applications hold identity numbers in full; law and the audit need them for years. <see cref="ApplicationRepository"/> seals them.
/// At most one organisation application per credit code is approved at a time, one person per document and one per telephone number, whoever
/// asks and however many servers there are.
/// </remarks>
public interface IApplicationRepository
{
    /// <summary>Adds a person's application.</summary>
    /// <param name="application">The application.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that ends when it is kept.</returns>
    /// <exception cref="RegistrationException">There is one of that identifier (<c>application-exists</c>), or another approved one of its document or number (<c>person-exists</c>).</exception>
    ValueTask AddAsync(PersonApplication application, CancellationToken cancellationToken = default);

    /// <summary>Adds an organisation's application.</summary>
    /// <param name="application">The application.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that ends when it is kept.</returns>
    /// <exception cref="RegistrationException">There is one of that identifier (<c>application-exists</c>), or another one of its credit code is approved (<c>account</c>).</exception>
    ValueTask AddAsync(EnterpriseApplication application, CancellationToken cancellationToken = default);

    /// <summary>Finds a person's application.</summary>
    /// <param name="id">Its identifier.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The application with its version, or <see langword="null"/>.</returns>
    ValueTask<StoredApplication<PersonApplication>?> FindPersonAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Finds an organisation's application.</summary>
    /// <param name="id">Its identifier.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The application with its version, or <see langword="null"/>.</returns>
    ValueTask<StoredApplication<EnterpriseApplication>?> FindEnterpriseAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Replaces a person's application.</summary>
    /// <param name="stored">The new application, with the version that was read.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when somebody else changed it since: read it again.</returns>
    /// <exception cref="RegistrationException">Another application of its document or number is approved (<c>person-exists</c>).</exception>
    ValueTask<bool> TryUpdateAsync(StoredApplication<PersonApplication> stored, CancellationToken cancellationToken = default);

    /// <summary>Replaces an organisation's application.</summary>
    /// <param name="stored">The new application, with the version that was read.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when somebody else changed it since: read it again.</returns>
    /// <exception cref="RegistrationException">Another application of its credit code is approved (<c>account</c>).</exception>
    ValueTask<bool> TryUpdateAsync(StoredApplication<EnterpriseApplication> stored, CancellationToken cancellationToken = default);

    /// <summary>Lists persons' applications, by identifier.</summary>
    /// <param name="query">Which; all when absent.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The applications with their versions.</returns>
    IAsyncEnumerable<StoredApplication<PersonApplication>> ListPersonsAsync(ApplicationQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Lists organisations' applications, by identifier; for example those under review.</summary>
    /// <param name="query">Which; all when absent.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The applications with their versions.</returns>
    IAsyncEnumerable<StoredApplication<EnterpriseApplication>> ListEnterprisesAsync(ApplicationQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Finds the approved application of a person.</summary>
    /// <param name="document">The person's document.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The application with its version, or <see langword="null"/>.</returns>
    ValueTask<StoredApplication<PersonApplication>?> FindApprovedAsync(IdentityDocument document, CancellationToken cancellationToken = default);

    /// <summary>Finds the approved application a telephone number is bound to.</summary>
    /// <param name="mobile">The number.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The application with its version, or <see langword="null"/>.</returns>
    ValueTask<StoredApplication<PersonApplication>?> FindApprovedAsync(MobileNumber mobile, CancellationToken cancellationToken = default);

    /// <summary>Finds the account of an organisation: its one approved application.</summary>
    /// <param name="code">The organisation.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The application with its version, or <see langword="null"/>.</returns>
    ValueTask<StoredApplication<EnterpriseApplication>?> FindAccountAsync(UnifiedSocialCreditCode code, CancellationToken cancellationToken = default);
}
