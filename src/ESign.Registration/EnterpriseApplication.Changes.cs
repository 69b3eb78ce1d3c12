using System.Globalization;

namespace ESign.Registration;

/// <content>What happens to a verified organisation: its name, legal representative or super administrator change, or the register stops confirming it.</content>
public sealed partial record EnterpriseApplication
{
    /// <summary>Name and legal representative change once in so many days.</summary>
    public const int DaysBetweenChanges = 30;

    /// <summary>A change under review, or <see langword="null"/>.</summary>
    public EnterpriseChange? PendingChange { get; private init; }

    /// <summary>Every change that was made, oldest first.</summary>
    public IReadOnlyList<EnterpriseChangeRecord> Changes { get; private init; } = [];

    /// <summary>The applications of the persons who may sign for the organisation besides its super administrator.</summary>
    public IReadOnlyList<string> OperatorIds { get; private init; } = [];

    /// <summary>Operators who leave: nothing is certified for them any more, and what was is being revoked.</summary>
    internal IReadOnlyList<string> LeavingIds { get; private init; } = [];

    /// <summary>Since when the register contradicts; the organisation was told then, and is ended when it still does later.</summary>
    public DateTimeOffset? MismatchFoundAt { get; private init; }

    /// <summary>The organisation asks for a change; a reviewer decides, and the organisation may take it back until then.</summary>
    /// <param name="change">The change.</param>
    /// <param name="isInArrears">Whether the organisation owes fees.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">
    /// Not approved (<c>state</c>), a change is under review (<c>change-pending</c>), changed within 30 days (<c>change-too-soon</c>), in arrears
    /// (<c>arrears</c>), nothing would change (<c>change-none</c>), or the new super administrator is not verified (<c>super-administrator</c>).
    /// </exception>
    public EnterpriseApplication RequestChange(EnterpriseChange change, bool isInArrears = false)
    {
        ArgumentNullException.ThrowIfNull(change);
        Require(ApplicationState.Approved);
        if (PendingChange is not null)
        {
            throw new RegistrationException("change-pending", "已有变更正在审核 / A change is under review already");
        }

        if (isInArrears)
        {
            throw new RegistrationException("arrears", "账号欠费期间不支持变更实名 / No change of identity while fees are owed");
        }

        bool isReal = change.Kind != EnterpriseChangeKind.SuperAdministrator;
        if (isReal && Changes.LastOrDefault(static made => made.Kind != EnterpriseChangeKind.SuperAdministrator) is { } last && change.RequestedAt < last.At.AddDays(DaysBetweenChanges))
        {
            throw new RegistrationException(
                "change-too-soon",
                string.Create(CultureInfo.InvariantCulture, $"30天内只能变更一次实名信息，上次变更于{last.At:yyyy-MM-dd} / The identity changes once in 30 days; it last did on {last.At:yyyy-MM-dd}"));
        }

        EnterpriseChange asked = change with { NewValue = RegisteredName.Of(change.NewValue) };
        if (change.Kind == EnterpriseChangeKind.SuperAdministrator && change.SuperAdministrator?.State != ApplicationState.Approved)
        {
            throw new RegistrationException("super-administrator", "新超级管理员尚未完成实名认证 / The new super administrator is not verified yet");
        }

        bool isSame = change.SuperAdministrator is { } next ? next.Document.Equals(SuperAdministrator.Document) : string.Equals(ValueOf(change.Kind), asked.NewValue, StringComparison.Ordinal);
        return isSame || string.IsNullOrWhiteSpace(asked.NewValue)
            ? throw new RegistrationException("change-none", "变更前后内容相同 / Nothing would change")
            : this with { PendingChange = asked };
    }

    /// <summary>The organisation takes its change back.</summary>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">No change is under review (<c>change-none</c>), or it was granted (<c>change-pending</c>).</exception>
    public EnterpriseApplication WithdrawChange()
    {
        RequirePendingChange();
        RequireNoGrantedChange();
        return this with { PendingChange = null };
    }

    /// <summary>A reviewer decides on the change. When it is made, certificates that name what was must be revoked.</summary>
    /// <param name="approved">Whether it is made.</param>
    /// <param name="reviewer">Who decided.</param>
    /// <param name="reason">Why.</param>
    /// <param name="at">When.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">No change is under review (<c>change-none</c>), or it is refused after it was granted (<c>change-pending</c>).</exception>
    public EnterpriseApplication DecideChange(bool approved, string reviewer, string reason, DateTimeOffset at) => DecideChange(approved, reviewer, reason, at, requestedAt: null);

    /// <summary>Decides on the change that was asked for at a time (<see cref="RequirePendingChange"/>).</summary>
    internal EnterpriseApplication DecideChange(bool approved, string reviewer, string reason, DateTimeOffset at, DateTimeOffset? requestedAt)
    {
        EnterpriseChange change = RequirePendingChange(requestedAt);
        if (!approved)
        {
            RequireNoGrantedChange();
            return this with { PendingChange = null };
        }

        var made = new EnterpriseChangeRecord(change.Kind, ValueOf(change.Kind), change.NewValue, at, $"{reviewer}: {reason}");
        return this with
        {
            PendingChange = null,
            Changes = [.. Changes, made],
            Evidence = change.Registry is { } registry ? [.. Evidence, registry] : Evidence,
            Name = change.Kind == EnterpriseChangeKind.Name ? change.NewValue : Name,
            LegalRepresentative = change.Kind == EnterpriseChangeKind.LegalRepresentative ? change.NewValue : LegalRepresentative,
            SuperAdministrator = change.SuperAdministrator ?? SuperAdministrator,
        };
    }

    /// <summary>
    /// The register was asked again. What it contradicts for the first time the organisation is told; what it still contradicts after the time
    /// of grace ends the identity.
    /// </summary>
    /// <param name="record">The register's answer.</param>
    /// <param name="grace">The time of grace.</param>
    /// <returns>The application after it, <see cref="ApplicationState.Ended"/> when the grace is over: its certificates must be revoked.</returns>
    /// <exception cref="RegistrationException">It is not approved.</exception>
    public EnterpriseApplication Recheck(VerificationRecord record, TimeSpan grace)
    {
        ArgumentNullException.ThrowIfNull(record);
        Require(ApplicationState.Approved);
        EnterpriseApplication after = this with { Evidence = [.. Evidence, record], MismatchFoundAt = record.Succeeded ? null : MismatchFoundAt ?? record.At };
        return after.MismatchFoundAt is { } found && record.At - found >= grace && record.At > found
            ? after.End($"工商信息复核不符：{record.Detail} / The register no longer confirms the organisation: {record.Detail}")
            : after;
    }

    /// <summary>A verified person joins the organisation and may sign for it.</summary>
    /// <param name="person">The person.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">The organisation or the person is not verified (<c>state</c>).</exception>
    public EnterpriseApplication AddOperator(PersonApplication person)
    {
        ArgumentNullException.ThrowIfNull(person);
        Require(ApplicationState.Approved);
        person.ToSubject();
        return OperatorIds.Contains(person.Id, StringComparer.Ordinal) ? this : this with { OperatorIds = [.. OperatorIds, person.Id], LeavingIds = Without(LeavingIds, person.Id) };
    }

    /// <summary>A person leaves the organisation.</summary>
    /// <param name="personId">The person's application.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">That person is none of the organisation's (<c>operator</c>).</exception>
    public EnterpriseApplication RemoveOperator(string personId) => OperatorIds.Contains(personId, StringComparer.Ordinal) || LeavingIds.Contains(personId, StringComparer.Ordinal)
        ? this with { OperatorIds = Without(OperatorIds, personId), LeavingIds = Without(LeavingIds, personId) }
        : throw NotAnOperator();

    /// <summary>A person is about to leave: no operator any more, while certificates are being revoked.</summary>
    internal EnterpriseApplication BeginRemoval(string personId)
    {
        EnterpriseApplication after = RemoveOperator(personId);
        return after with { LeavingIds = [.. after.LeavingIds, personId] };
    }

    /// <summary>A reviewer granted the change: nothing is certified until it is made.</summary>
    /// <param name="requestedAt">When the change the reviewer looked at was asked for; <see langword="null"/> for whichever is under review.</param>
    internal EnterpriseApplication GrantChange(DateTimeOffset? requestedAt) => this with { PendingChange = RequirePendingChange(requestedAt) with { IsGranted = true } };

    /// <summary>The change under review, which must be the one that was asked for at a time: withdrawn and asked for anew it may be another.</summary>
    internal EnterpriseChange RequirePendingChange(DateTimeOffset? requestedAt = null)
    {
        EnterpriseChange change = PendingChange ?? throw new RegistrationException("change-none", "没有待审核的变更 / No change is under review");
        return requestedAt is null || requestedAt == change.RequestedAt
            ? change
            : throw new RegistrationException("change-replaced", "待审核的变更已被替换，请重新查看 / Another change is under review now: look again");
    }

    /// <summary>Refuses a person who is not of the organisation.</summary>
    internal void RequireOperator(PersonApplication person)
    {
        if (!IsOperator(person))
        {
            throw NotAnOperator();
        }
    }

    internal bool IsOperator(PersonApplication person) => person.Document.Equals(SuperAdministrator.Document) || OperatorIds.Contains(person.Id, StringComparer.Ordinal);

    private static IReadOnlyList<string> Without(IReadOnlyList<string> ids, string removed) => [.. ids.Where(id => !string.Equals(id, removed, StringComparison.Ordinal))];

    private static RegistrationException NotAnOperator() => new("operator", "非签署方企业的操作员，需先成为企业员工 / That person is not of the organisation: add the person first");

    private void RequireNoGrantedChange()
    {
        if (PendingChange is { IsGranted: true })
        {
            throw new RegistrationException("change-pending", "变更已批准，旧证书正在吊销，请稍后重试 / The change is granted and former certificates are being revoked; try again");
        }
    }


    private string ValueOf(EnterpriseChangeKind kind) => kind switch
    {
        EnterpriseChangeKind.Name => Name,
        EnterpriseChangeKind.LegalRepresentative => LegalRepresentative,
        _ => SuperAdministrator.Name,
    };
}
