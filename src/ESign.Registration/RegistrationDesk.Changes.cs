using ESign.Pki.Names;

namespace ESign.Registration;

/// <content>What happens to the verified: changes, operators, telephone numbers, and what the register says later.</content>
public sealed partial class RegistrationDesk
{
    /// <summary>A verified organisation asks for a change; the register is asked about a new name or legal representative.</summary>
    /// <param name="id">The organisation's application.</param>
    /// <param name="kind">What changes.</param>
    /// <param name="newValue">The new name or legal representative, or the application of the new super administrator.</param>
    /// <param name="reason">Why.</param>
    /// <param name="requestedBy">Who asks, and how to reach that person.</param>
    /// <param name="isInArrears">Whether the organisation owes fees.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The application with the change under review.</returns>
    /// <exception cref="RegistrationException">See <see cref="EnterpriseApplication.RequestChange"/>.</exception>
    public async Task<EnterpriseApplication> RequestChangeAsync(
        string id, EnterpriseChangeKind kind, string newValue, string reason, string requestedBy, bool isInArrears = false, CancellationToken cancellationToken = default)
    {
        EnterpriseApplication application = await _applications.RequireEnterpriseAsync(id, cancellationToken).ConfigureAwait(false);
        var change = new EnterpriseChange { Kind = kind, NewValue = newValue, Reason = reason, RequestedBy = requestedBy, RequestedAt = _clock.GetUtcNow() };
        if (kind == EnterpriseChangeKind.SuperAdministrator)
        {
            PersonApplication person = await _applications.RequirePersonAsync(newValue, cancellationToken).ConfigureAwait(false);
            change = change with { NewValue = person.Name, SuperAdministrator = person };
        }

        EnterpriseApplication asked = application.RequestChange(change, isInArrears); // refuses before the register is troubled
        if (kind != EnterpriseChangeKind.SuperAdministrator)
        {
            string name = kind == EnterpriseChangeKind.Name ? asked.PendingChange!.NewValue : application.Name;
            string representative = kind == EnterpriseChangeKind.LegalRepresentative ? asked.PendingChange!.NewValue : application.LegalRepresentative;
            VerificationRecord answer = await _providers.Registry.VerifyAsync(name, application.Code, representative, cancellationToken).ConfigureAwait(false);
            change = change with { Registry = answer };
        }

        return await ChangeEnterpriseAsync(id, enterprise => enterprise.RequestChange(change, isInArrears), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The organisation takes its change back.</summary>
    /// <param name="id">The organisation's application.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">No change is under review.</exception>
    public Task<EnterpriseApplication> WithdrawChangeAsync(string id, CancellationToken cancellationToken = default) =>
        ChangeEnterpriseAsync(id, static enterprise => enterprise.WithdrawChange(), cancellationToken);

    /// <summary>A reviewer refuses a change; to make one, see <see cref="RegistrationAuthority.DecideChangeAsync"/>.</summary>
    /// <param name="id">The organisation's application.</param>
    /// <param name="reviewer">Who decides.</param>
    /// <param name="reason">Why.</param>
    /// <param name="requestedAt">When the change the reviewer looked at was asked for; <see langword="null"/> for whichever is under review.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">No change is under review (<c>change-none</c>), or another one than the reviewer looked at (<c>change-replaced</c>).</exception>
    public Task<EnterpriseApplication> RefuseChangeAsync(string id, string reviewer, string reason, DateTimeOffset? requestedAt = null, CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        return ChangeEnterpriseAsync(id, enterprise => enterprise.DecideChange(approved: false, reviewer, reason, now, requestedAt), cancellationToken);
    }

    /// <summary>A verified person joins an organisation and may sign for it.</summary>
    /// <param name="id">The organisation's application.</param>
    /// <param name="personId">The person's application.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">One of them is not verified.</exception>
    public async Task<EnterpriseApplication> AddOperatorAsync(string id, string personId, CancellationToken cancellationToken = default)
    {
        PersonApplication person = await _applications.RequirePersonAsync(personId, cancellationToken).ConfigureAwait(false);
        return await ChangeEnterpriseAsync(id, enterprise => enterprise.AddOperator(person), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Binds another telephone number to a person, after a face check.</summary>
    /// <param name="id">The person's application.</param>
    /// <param name="mobile">The new number.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">The number is another's (<c>mobile-taken</c>), or the check failed (<c>identity</c>).</exception>
    public async Task<PersonApplication> RebindMobileAsync(string id, MobileNumber mobile, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mobile);
        PersonApplication person = await _applications.RequirePersonAsync(id, cancellationToken).ConfigureAwait(false);
        await RefuseTakenAsync(mobile, person.Document, cancellationToken).ConfigureAwait(false);
        VerificationRecord face = await _providers.Face.VerifyAsync(person.Name, person.Document, mobile, cancellationToken).ConfigureAwait(false);
        return await ChangePersonAsync(id, found => found.Rebind(mobile, face with { Check = "mobile-rebound" }), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The person a number is bound to gives it free, confirmed by a face check, so that its new holder can register.</summary>
    /// <param name="mobile">The number.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The application of the former holder, without a number now.</returns>
    /// <exception cref="RegistrationException">It is nobody's (<c>mobile-unbound</c>), or the check failed (<c>identity</c>).</exception>
    public async Task<PersonApplication> ReleaseMobileAsync(MobileNumber mobile, CancellationToken cancellationToken = default)
    {
        StoredApplication<PersonApplication> holder = await _applications.FindApprovedAsync(mobile, cancellationToken).ConfigureAwait(false)
            ?? throw new RegistrationException("mobile-unbound", "该手机号未绑定任何身份 / The number is bound to nobody");
        VerificationRecord face = await _providers.Face.VerifyAsync(holder.Application.Name, holder.Application.Document, mobile, cancellationToken).ConfigureAwait(false);
        return await ChangePersonAsync(holder.Application.Id, found => found.ReleaseMobile(face with { Check = "mobile-released" }), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks the register about a verified organisation again. What it contradicts is a state of its own first; after the time of grace it ends the identity.</summary>
    /// <param name="id">The organisation's application.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The application after it; when <see cref="ApplicationState.Ended"/>, let <see cref="RegistrationAuthority"/> revoke its certificates.</returns>
    /// <exception cref="RegistrationException">It is not approved.</exception>
    public async Task<EnterpriseApplication> RecheckAsync(string id, CancellationToken cancellationToken = default)
    {
        EnterpriseApplication application = await _applications.RequireEnterpriseAsync(id, cancellationToken).ConfigureAwait(false);
        VerificationRecord answer = await _providers.Registry.VerifyAsync(application.Name, application.Code, application.LegalRepresentative, cancellationToken).ConfigureAwait(false);
        return await ChangeEnterpriseAsync(id, enterprise => enterprise.Recheck(answer with { Check = "registry-recheck" }, _rules.RecheckGrace), cancellationToken).ConfigureAwait(false);
    }
}
