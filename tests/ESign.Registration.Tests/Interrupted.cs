using ESign.Pki.Names;

namespace ESign.Registration.Tests;

/// <summary>Applications that something happens to between the first and the second time an organisation's is read.</summary>
internal sealed class Interrupted(IApplicationRepository inner, Func<Task> happens) : IApplicationRepository
{
    private int _readings;

    public async ValueTask<StoredApplication<EnterpriseApplication>?> FindEnterpriseAsync(string id, CancellationToken cancellationToken = default)
    {
        if (++_readings == 2)
        {
            await happens();
        }

        return await inner.FindEnterpriseAsync(id, cancellationToken);
    }

    public ValueTask AddAsync(PersonApplication application, CancellationToken cancellationToken = default) => inner.AddAsync(application, cancellationToken);

    public ValueTask AddAsync(EnterpriseApplication application, CancellationToken cancellationToken = default) => inner.AddAsync(application, cancellationToken);

    public ValueTask<StoredApplication<PersonApplication>?> FindPersonAsync(string id, CancellationToken cancellationToken = default) => inner.FindPersonAsync(id, cancellationToken);

    public ValueTask<bool> TryUpdateAsync(StoredApplication<PersonApplication> stored, CancellationToken cancellationToken = default) => inner.TryUpdateAsync(stored, cancellationToken);

    public ValueTask<bool> TryUpdateAsync(StoredApplication<EnterpriseApplication> stored, CancellationToken cancellationToken = default) => inner.TryUpdateAsync(stored, cancellationToken);

    public IAsyncEnumerable<StoredApplication<PersonApplication>> ListPersonsAsync(ApplicationQuery? query = null, CancellationToken cancellationToken = default) => inner.ListPersonsAsync(query, cancellationToken);

    public IAsyncEnumerable<StoredApplication<EnterpriseApplication>> ListEnterprisesAsync(ApplicationQuery? query = null, CancellationToken cancellationToken = default) => inner.ListEnterprisesAsync(query, cancellationToken);

    public ValueTask<StoredApplication<PersonApplication>?> FindApprovedAsync(IdentityDocument document, CancellationToken cancellationToken = default) => inner.FindApprovedAsync(document, cancellationToken);

    public ValueTask<StoredApplication<PersonApplication>?> FindApprovedAsync(MobileNumber mobile, CancellationToken cancellationToken = default) => inner.FindApprovedAsync(mobile, cancellationToken);

    public ValueTask<StoredApplication<EnterpriseApplication>?> FindAccountAsync(UnifiedSocialCreditCode code, CancellationToken cancellationToken = default) => inner.FindAccountAsync(code, cancellationToken);
}
