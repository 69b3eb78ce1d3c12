namespace ESign.Registration;

/// <summary>Keeps applications with their evidence. Safe under concurrent callers; an answer means the change is durable.</summary>
/// <remarks>
/// Applications hold identity numbers in full. Law and the audit need them for years: protect the database as such.
/// At most one organisation application per credit code is approved at a time, whoever asks and however many servers there are.
/// </remarks>
public interface IApplicationRepository
{
    /// <summary>Adds a person's application.</summary>
    /// <param name="application">The application.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that ends when it is kept.</returns>
    /// <exception cref="RegistrationException">There is one of that identifier (<c>application-exists</c>).</exception>
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
    ValueTask<bool> TryUpdateAsync(StoredApplication<PersonApplication> stored, CancellationToken cancellationToken = default);

    /// <summary>Replaces an organisation's application.</summary>
    /// <param name="stored">The new application, with the version that was read.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when somebody else changed it since: read it again.</returns>
    /// <exception cref="RegistrationException">Another application of its credit code is approved (<c>account</c>).</exception>
    ValueTask<bool> TryUpdateAsync(StoredApplication<EnterpriseApplication> stored, CancellationToken cancellationToken = default);

    /// <summary>Lists the organisations' applications in a state, by identifier; for example those under review.</summary>
    /// <param name="state">The state.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The applications with their versions.</returns>
    IAsyncEnumerable<StoredApplication<EnterpriseApplication>> ListEnterprisesAsync(ApplicationState state, CancellationToken cancellationToken = default);
}
