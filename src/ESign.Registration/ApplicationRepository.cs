using System.Runtime.CompilerServices;
using ESign.Pki.Names;
using ESign.Registration.Protection;
using ESign.Registration.Records;

namespace ESign.Registration;

/// <summary>Applications in any store of records: sealed for their own identifier, found by keyed hashes of numbers, never by the numbers.</summary>
/// <remarks>
/// Unique among the approved: an organisation by its credit code; a person by the document, and by the telephone number.
/// Whoever has the database without the data keys learns identifiers, states and times, and nothing of whom they are about.
/// </remarks>
public sealed class ApplicationRepository : IApplicationRepository
{
    private const string DocumentKey = "document";
    private const string MobileKey = "mobile";
    private const string CodeKey = "code";
    private const string AccountKey = "account";

    private readonly RecordSet<ApplicationCodec.PersonData> _persons;
    private readonly RecordSet<ApplicationCodec.EnterpriseData> _enterprises;

    /// <summary>Opens the applications of a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="keys">The keys its contents are sealed with; disposed by the caller.</param>
    public ApplicationRepository(IRecordStore store, DataKeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(keys);
        _persons = new(store, keys, "person", ApplicationJsonContext.Default.PersonData, Describe);
        _enterprises = new(store, keys, "enterprise", ApplicationJsonContext.Default.EnterpriseData, Describe);
    }

    /// <inheritdoc/>
    public async ValueTask AddAsync(PersonApplication application, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(application);
        RefuseUnless(await _persons.AddAsync(ApplicationCodec.ToData(application), cancellationToken).ConfigureAwait(false), application.Id, SecondPerson);
    }

    /// <inheritdoc/>
    public async ValueTask AddAsync(EnterpriseApplication application, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(application);
        RefuseUnless(await _enterprises.AddAsync(ApplicationCodec.ToData(application), cancellationToken).ConfigureAwait(false), application.Id, SecondAccount);
    }

    /// <inheritdoc/>
    public async ValueTask<StoredApplication<PersonApplication>?> FindPersonAsync(string id, CancellationToken cancellationToken = default) =>
        await _persons.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } found ? Restore(found) : null;

    /// <inheritdoc/>
    public async ValueTask<StoredApplication<EnterpriseApplication>?> FindEnterpriseAsync(string id, CancellationToken cancellationToken = default) =>
        await _enterprises.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } found ? Restore(found) : null;

    /// <inheritdoc/>
    public async ValueTask<bool> TryUpdateAsync(StoredApplication<PersonApplication> stored, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return IsWritten(await _persons.ReplaceAsync(new(ApplicationCodec.ToData(stored.Application), stored.Version), cancellationToken).ConfigureAwait(false), SecondPerson);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TryUpdateAsync(StoredApplication<EnterpriseApplication> stored, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return IsWritten(await _enterprises.ReplaceAsync(new(ApplicationCodec.ToData(stored.Application), stored.Version), cancellationToken).ConfigureAwait(false), SecondAccount);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredApplication<PersonApplication>> ListPersonsAsync(ApplicationQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (Versioned<ApplicationCodec.PersonData> found in ListAsync(_persons, query, cancellationToken).ConfigureAwait(false))
        {
            yield return Restore(found);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredApplication<EnterpriseApplication>> ListEnterprisesAsync(ApplicationQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (Versioned<ApplicationCodec.EnterpriseData> found in ListAsync(_enterprises, query, cancellationToken).ConfigureAwait(false))
        {
            yield return Restore(found);
        }
    }

    /// <inheritdoc/>
    public ValueTask<StoredApplication<PersonApplication>?> FindApprovedAsync(IdentityDocument document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        return FindApprovedPersonAsync((DocumentKey, TextOf(document)), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<StoredApplication<PersonApplication>?> FindApprovedAsync(MobileNumber mobile, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mobile);
        return FindApprovedPersonAsync((MobileKey, mobile.Value), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<StoredApplication<EnterpriseApplication>?> FindAccountAsync(UnifiedSocialCreditCode code, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(code);
        await foreach (Versioned<ApplicationCodec.EnterpriseData> found in _enterprises.ListAsync(key: (AccountKey, code.Value), limit: 1, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            return Restore(found);
        }

        return null;
    }

    /// <summary>Makes applications kept by earlier programs, which knew no owners, to be found by who handed them in.</summary>
    internal async ValueTask AddMissingOwnersAsync(CancellationToken cancellationToken = default)
    {
        await _persons.AddMissingOwnersAsync(cancellationToken).ConfigureAwait(false);
        await _enterprises.AddMissingOwnersAsync(cancellationToken).ConfigureAwait(false);
    }

    private static IAsyncEnumerable<Versioned<T>> ListAsync<T>(RecordSet<T> applications, ApplicationQuery? query, CancellationToken cancellationToken)
        where T : class =>
        applications.ListAsync(query?.State?.ToString(), owner: query?.SubmittedBy, dueBy: query?.ReviewDueBy, after: query?.After, limit: query?.Limit ?? int.MaxValue, cancellationToken: cancellationToken);

    private static RecordFacts Describe(ApplicationCodec.PersonData person)
    {
        bool isApproved = person.State == ApplicationState.Approved;
        List<(string, string, bool)> keys = [(DocumentKey, TextOf(person.Document.ToDocument()), isApproved)];
        if (person.Mobile is { } mobile)
        {
            keys.Add((MobileKey, mobile, isApproved));
        }

        return new RecordFacts(person.Id, person.State.ToString()) { Owner = person.SubmittedBy, DueAt = person.ReviewDueAt, Keys = keys };
    }

    private static RecordFacts Describe(ApplicationCodec.EnterpriseData enterprise)
    {
        List<(string, string, bool)> keys = [(CodeKey, enterprise.Code, false)];
        if (enterprise.State == ApplicationState.Approved)
        {
            keys.Add((AccountKey, enterprise.Code, true));
        }

        return new RecordFacts(enterprise.Id, enterprise.State.ToString()) { Owner = enterprise.SubmittedBy, DueAt = enterprise.ReviewDueAt, Keys = keys };
    }

    // A renewed travel permit has another number of the same holder: what stays the same is looked for.
    private static string TextOf(IdentityDocument document) => $"{document.Kind}\0{(document is TravelPermitNumber permit ? permit.LifetimeNumber : document.Value)}";

    private static StoredApplication<PersonApplication> Restore(Versioned<ApplicationCodec.PersonData> found) => new(ApplicationCodec.ToPerson(found.Value), found.Version);

    private static StoredApplication<EnterpriseApplication> Restore(Versioned<ApplicationCodec.EnterpriseData> found) => new(ApplicationCodec.ToEnterprise(found.Value), found.Version);

    private static void RefuseUnless(RecordOutcome outcome, string id, Func<RegistrationException> taken)
    {
        if (outcome == RecordOutcome.Conflict)
        {
            throw new RegistrationException("application-exists", $"申请编号{id}已存在 / There is an application {id} already");
        }

        IsWritten(outcome, taken);
    }

    private static bool IsWritten(RecordOutcome outcome, Func<RegistrationException> taken) => outcome == RecordOutcome.KeyTaken ? throw taken() : outcome == RecordOutcome.Done;

    private static RegistrationException SecondAccount() => new("account", "此企业已经完成认证，请联系此企业的超级管理员加入该企业 / The organisation has an account: ask its super administrator to join");

    private static RegistrationException SecondPerson() => new("person-exists", "已存在实名账号，请换绑手机或使用原手机号登录 / This person, or this telephone number, is registered already");

    private async ValueTask<StoredApplication<PersonApplication>?> FindApprovedPersonAsync((string, string) key, CancellationToken cancellationToken)
    {
        await foreach (Versioned<ApplicationCodec.PersonData> found in _persons.ListAsync(nameof(ApplicationState.Approved), key, limit: 1, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            return Restore(found);
        }

        return null;
    }
}
