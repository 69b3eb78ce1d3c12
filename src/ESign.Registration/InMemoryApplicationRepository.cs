using System.Runtime.CompilerServices;

namespace ESign.Registration;

/// <summary>Applications in memory, for tests and demonstrations.</summary>
public sealed class InMemoryApplicationRepository : IApplicationRepository
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, StoredApplication<PersonApplication>> _persons = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, StoredApplication<EnterpriseApplication>> _enterprises = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask AddAsync(PersonApplication application, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(application);
        lock (_lock)
        {
            return _persons.TryAdd(application.Id, new(application, 1)) ? ValueTask.CompletedTask : throw Exists(application.Id);
        }
    }

    /// <inheritdoc/>
    public ValueTask AddAsync(EnterpriseApplication application, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(application);
        lock (_lock)
        {
            RefuseSecondAccount(application);
            return _enterprises.TryAdd(application.Id, new(application, 1)) ? ValueTask.CompletedTask : throw Exists(application.Id);
        }
    }

    /// <inheritdoc/>
    public ValueTask<StoredApplication<PersonApplication>?> FindPersonAsync(string id, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(_persons.GetValueOrDefault(id));
        }
    }

    /// <inheritdoc/>
    public ValueTask<StoredApplication<EnterpriseApplication>?> FindEnterpriseAsync(string id, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(_enterprises.GetValueOrDefault(id));
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryUpdateAsync(StoredApplication<PersonApplication> stored, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stored);
        lock (_lock)
        {
            bool isCurrent = _persons.TryGetValue(stored.Application.Id, out StoredApplication<PersonApplication>? present) && present.Version == stored.Version;
            if (isCurrent)
            {
                _persons[stored.Application.Id] = stored with { Version = stored.Version + 1 };
            }

            return ValueTask.FromResult(isCurrent);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryUpdateAsync(StoredApplication<EnterpriseApplication> stored, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stored);
        lock (_lock)
        {
            bool isCurrent = _enterprises.TryGetValue(stored.Application.Id, out StoredApplication<EnterpriseApplication>? present) && present.Version == stored.Version;
            if (isCurrent)
            {
                RefuseSecondAccount(stored.Application);
                _enterprises[stored.Application.Id] = stored with { Version = stored.Version + 1 };
            }

            return ValueTask.FromResult(isCurrent);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredApplication<EnterpriseApplication>> ListEnterprisesAsync(ApplicationState state, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        StoredApplication<EnterpriseApplication>[] found;
        lock (_lock)
        {
            found = [.. _enterprises.Values.Where(stored => stored.Application.State == state)];
        }

        foreach (StoredApplication<EnterpriseApplication> stored in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return stored;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    internal static RegistrationException Exists(string id) => new("application-exists", $"申请编号{id}已存在 / There is an application {id} already");

    internal static RegistrationException SecondAccount() => new("account", "此企业已经完成认证，请联系此企业的超级管理员加入该企业 / The organisation has an account: ask its super administrator to join");

    private void RefuseSecondAccount(EnterpriseApplication application)
    {
        if (application.State == ApplicationState.Approved
            && _enterprises.Values.Any(other => other.Application.Id != application.Id && other.Application.State == ApplicationState.Approved && other.Application.Code.Equals(application.Code)))
        {
            throw SecondAccount();
        }
    }
}
