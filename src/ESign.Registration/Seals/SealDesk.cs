using System.Globalization;
using System.Security.Cryptography;
using ESign.Registration.Protection;
using ESign.Registration.Records;

namespace ESign.Registration.Seals;

/// <summary>The seals of verified organisations: made, reviewed, granted, used, suspended. Every step is kept before it is answered.</summary>
internal sealed class SealDesk
{
    private const string EnterpriseKey = "enterprise";

    private readonly RecordSet<RegisteredSeal> _seals;
    private readonly RecordSet<SealUse> _uses;
    private readonly IApplicationRepository _applications;
    private readonly TimeProvider _clock;

    public SealDesk(IRecordStore store, DataKeyRing keys, RegistrationDesk desk, TimeProvider clock)
    {
        _seals = new RecordSet<RegisteredSeal>(store, keys, "seal", SealJsonContext.Default.RegisteredSeal, Describe);
        _uses = new RecordSet<SealUse>(store, keys, "seal-use", SealJsonContext.Default.SealUse, static use => new RecordFacts(use.Id) { Keys = [("seal", use.SealId, false)] });
        _applications = desk.Applications;
        _clock = clock;
    }

    /// <summary>Draws a seal (in force at once) or takes a picture of one (to be reviewed).</summary>
    /// <exception cref="RegistrationException">The organisation is not verified (<c>state</c>); the name is used (<c>seal-name</c>); it has one already (<c>seal-single</c>); or it cannot look like that.</exception>
    public async Task<RegisteredSeal> CreateAsync(RegisteredSeal draft, CancellationToken cancellationToken)
    {
        EnterpriseApplication enterprise = await _applications.RequireEnterpriseAsync(draft.EnterpriseId, cancellationToken).ConfigureAwait(false);
        enterprise.ToSubject();
        if (draft.Name.Length is 0 or > 50)
        {
            throw new RegistrationException("seal-name", "印章名称为1至50字 / A seal's name has 1 to 50 characters");
        }

        var seal = draft with
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            Text = draft.Type == SealType.LegalPerson ? enterprise.LegalRepresentative : enterprise.Name,
            CreditCode = enterprise.Code.Value,
            State = draft.Image is null ? SealState.Enabled : SealState.UnderReview,
            CreatedAt = _clock.GetUtcNow(),
        };
        seal.ToSeal(); // refuses what cannot be drawn
        if (await _seals.AddAsync(seal, cancellationToken).ConfigureAwait(false) == RecordOutcome.KeyTaken)
        {
            throw await ExplainTakenAsync(seal, cancellationToken).ConfigureAwait(false);
        }

        return seal;
    }

    public async Task<RegisteredSeal> RequireAsync(string id, CancellationToken cancellationToken) =>
        (await _seals.FindAsync(id, cancellationToken).ConfigureAwait(false))?.Value ?? throw Unknown(id);

    public async Task<RegisteredSeal> ChangeAsync(string id, Func<RegisteredSeal, RegisteredSeal> change, CancellationToken cancellationToken) =>
        await _seals.ChangeAsync(id, change, cancellationToken).ConfigureAwait(false) ?? throw Unknown(id);

    /// <summary>Grants the use of a seal to a verified person of the organisation.</summary>
    public async Task<RegisteredSeal> GrantAsync(string id, string personId, string grantedBy, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        RegisteredSeal seal = await RequireAsync(id, cancellationToken).ConfigureAwait(false);
        EnterpriseApplication enterprise = await _applications.RequireEnterpriseAsync(seal.EnterpriseId, cancellationToken).ConfigureAwait(false);
        PersonApplication person = await _applications.RequirePersonAsync(personId, cancellationToken).ConfigureAwait(false);
        person.ToSubject();
        enterprise.RequireOperator(person);
        return await ChangeAsync(id, found => found.Grant(new SealGrant(personId, grantedBy, _clock.GetUtcNow(), until ?? SealGrant.NoEnd)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Records the use of a seal on a document, if the person may use it.</summary>
    public async Task<SealUse> UseAsync(string id, string personId, string documentSha256, string purpose, CancellationToken cancellationToken)
    {
        RegisteredSeal seal = await RequireAsync(id, cancellationToken).ConfigureAwait(false);
        EnterpriseApplication enterprise = await _applications.RequireEnterpriseAsync(seal.EnterpriseId, cancellationToken).ConfigureAwait(false);
        enterprise.ToSubject();
        PersonApplication person = await _applications.RequirePersonAsync(personId, cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = _clock.GetUtcNow();
        seal.RequireUse(person, enterprise.SuperAdministrator, now);
        enterprise.RequireOperator(person); // whoever left has no use for a grant
        var use = new SealUse(NewUseId(now), id, personId, documentSha256, purpose, now);
        await _uses.AddAsync(use, cancellationToken).ConfigureAwait(false);
        return use;
    }

    /// <summary>The uses of a seal, newest first.</summary>
    public IAsyncEnumerable<SealUse> ListUsesAsync(string id, string? after, int limit, CancellationToken cancellationToken) =>
        _uses.ListAsync(key: ("seal", id), after: after, limit: limit, cancellationToken: cancellationToken).Select(static use => use.Value);

    /// <summary>The seals of an organisation, by identifier; all of them unless a page is asked for.</summary>
    public IAsyncEnumerable<RegisteredSeal> ListAsync(string enterpriseId, string? after = null, int limit = int.MaxValue, CancellationToken cancellationToken = default) =>
        _seals.ListAsync(key: (EnterpriseKey, enterpriseId), after: after, limit: limit, cancellationToken: cancellationToken).Select(static seal => seal.Value);

    /// <summary>The organisation ended, or was renamed: what its seals say is true no longer.</summary>
    /// <returns>The seals made void.</returns>
    public async Task<IReadOnlyList<RegisteredSeal>> CancelAllAsync(string enterpriseId, string reason, CancellationToken cancellationToken)
    {
        var cancelled = new List<RegisteredSeal>();
        await foreach (RegisteredSeal seal in ListAsync(enterpriseId, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (seal.State is SealState.Enabled or SealState.Suspended or SealState.UnderReview)
            {
                cancelled.Add(await ChangeAsync(seal.Id, found => found.Cancel(reason), cancellationToken).ConfigureAwait(false));
            }
        }

        return cancelled;
    }

    /// <summary>A person left the organisation: the grants for its seals end.</summary>
    public async Task RevokeAllAsync(string enterpriseId, string personId, CancellationToken cancellationToken)
    {
        await foreach (RegisteredSeal seal in ListAsync(enterpriseId, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (seal.Grants.Any(grant => string.Equals(grant.PersonId, personId, StringComparison.Ordinal)))
            {
                await ChangeAsync(seal.Id, found => found.Revoke(personId), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // The later, the smaller: read by identifier the newest come first.
    private static string NewUseId(DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.MaxValue.UtcTicks - now.UtcTicks:x16}{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}");

    private static RegistrationException Unknown(string id) => new("no-such-seal", $"没有印章{id} / There is no seal {id}");

    private static RecordFacts Describe(RegisteredSeal seal)
    {
        List<(string, string, bool)> keys = [(EnterpriseKey, seal.EnterpriseId, false)];
        if (seal.State is not (SealState.Void or SealState.Rejected))
        {
            keys.Add(("name", $"{seal.EnterpriseId}\0{seal.Name}", true));
            if (seal.Type is SealType.Official or SealType.LegalPerson)
            {
                keys.Add(("single", $"{seal.EnterpriseId}\0{seal.Type}", true));
            }
        }

        return new RecordFacts(seal.Id, seal.State.ToString()) { Keys = keys };
    }

    private async Task<RegistrationException> ExplainTakenAsync(RegisteredSeal seal, CancellationToken cancellationToken)
    {
        bool isName = await ListAsync(seal.EnterpriseId, cancellationToken: cancellationToken)
            .AnyAsync(other => string.Equals(other.Name, seal.Name, StringComparison.Ordinal) && other.State is not (SealState.Void or SealState.Rejected), cancellationToken).ConfigureAwait(false);
        return isName
            ? new RegistrationException("seal-name", "印章名称已存在 / The organisation has a seal of that name already")
            : new RegistrationException("seal-single", "每个企业只能有一枚该类型的印章 / An organisation has one seal of this kind");
    }
}
