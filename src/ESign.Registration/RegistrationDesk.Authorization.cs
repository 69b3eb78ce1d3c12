using ESign.Pki.Names;
using ESign.Registration.AuthorityLetters;
using ESign.Registration.Banking;

namespace ESign.Registration;

/// <content>How an organisation authorises its super administrator: the legal representative, a letter, or the bank.</content>
public sealed partial class RegistrationDesk
{
    /// <summary>Asks the legal representative by short message to authorise; at most three times for one application.</summary>
    /// <param name="id">The organisation's application.</param>
    /// <param name="mobile">The legal representative's number; used for the notice and not kept.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The application after it, with what the carrier answered.</returns>
    /// <exception cref="RegistrationException">The legal representative cannot authorise (<c>authorization</c>), it is decided (<c>state</c>), was asked three times or the number too often (<c>sms-limit</c>), or the register has not confirmed the organisation (<c>registry</c>).</exception>
    public async Task<EnterpriseApplication> NotifyLegalRepresentativeAsync(string id, MobileNumber mobile, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mobile);
        EnterpriseApplication application = await _applications.RequireEnterpriseAsync(id, cancellationToken).ConfigureAwait(false);
        application.RequireNoticeable();
        _notices.Take(mobile);
        var begun = new VerificationRecord(EnterpriseApplication.NoticeCheck, "", IsOffline: false, Succeeded: false, _clock.GetUtcNow(), $"{mobile.Masked}; 尚未发出 / not sent yet");
        await ChangeEnterpriseAsync(id, enterprise => enterprise.BeginNotice(begun), cancellationToken).ConfigureAwait(false);
        VerificationRecord notice = await _providers.Notices.AskForAuthorizationAsync(mobile, application.Name, Masking.PersonName(application.SuperAdministrator.Name), cancellationToken).ConfigureAwait(false);
        return await ChangeEnterpriseAsync(id, enterprise => enterprise.EndNotice(begun, notice with { Detail = $"{mobile.Masked}; {notice.Detail}" }), CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>The legal representative authorises, after a face check.</summary>
    /// <param name="id">The organisation's application.</param>
    /// <param name="name">The name of the person in front of the camera.</param>
    /// <param name="document">That person's document.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">That person is not the legal representative (<c>legal-representative</c>), the check failed or the kind of organisation needs a letter (<c>authorization</c>).</exception>
    public async Task<EnterpriseApplication> AuthorizeByLegalRepresentativeAsync(string id, string name, IdentityDocument document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        EnterpriseApplication application = await _applications.RequireEnterpriseAsync(id, cancellationToken).ConfigureAwait(false);
        bool isOther = !string.Equals(name, application.LegalRepresentative, StringComparison.Ordinal) || (application.LegalRepresentativeDocument is { } known && !known.Equals(document));
        if (isOther)
        {
            throw new RegistrationException("legal-representative", ProviderMessages.Of(RegistryMismatch.OtherLegalRepresentative));
        }

        VerificationRecord face = await _providers.Face.VerifyAsync(name, document, mobile: null, cancellationToken).ConfigureAwait(false);
        return await ChangeEnterpriseAsync(id, enterprise => enterprise.AuthorizeByLegalRepresentative(face with { Check = "legal-representative" }), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The letter to be sealed, filled in.</summary>
    /// <param name="id">The organisation's application.</param>
    /// <param name="platform">To whom it is written: the operator of the service.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The letter.</returns>
    /// <exception cref="RegistrationException">Something it states is missing.</exception>
    public async Task<AuthorityLetter> PrepareLetterAsync(string id, string platform, CancellationToken cancellationToken = default)
    {
        EnterpriseApplication application = await _applications.RequireEnterpriseAsync(id, cancellationToken).ConfigureAwait(false);
        return new AuthorityLetter(application, platform, application.LegalRepresentativeDocument);
    }

    /// <summary>A letter sealed on paper was uploaded as a file.</summary>
    /// <param name="id">The organisation's application.</param>
    /// <param name="signed">The date on it, as written: <c>2024年6月1日</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The application after it, under review.</returns>
    /// <exception cref="RegistrationException">The date is not written in full (<c>letter-date-format</c>), or older than a month or ahead (<c>letter-date</c>).</exception>
    public Task<EnterpriseApplication> UploadPaperLetterAsync(string id, string signed, CancellationToken cancellationToken = default)
    {
        DateOnly date = AuthorityLetterDate.Parse(signed);
        return ChangeEnterpriseAsync(id, enterprise => enterprise.UploadLetter(date, Today), cancellationToken);
    }

    /// <summary>A letter signed by the organisation was uploaded and checked.</summary>
    /// <param name="id">The organisation's application.</param>
    /// <param name="verdict">What <see cref="AuthorityLetterVerifier"/> found.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The application after it, under review.</returns>
    /// <exception cref="RegistrationException">The letter was not accepted.</exception>
    public Task<EnterpriseApplication> UploadSignedLetterAsync(string id, AuthorityLetterVerdict verdict, CancellationToken cancellationToken = default) =>
        ChangeEnterpriseAsync(id, enterprise => enterprise.UploadLetter(verdict), cancellationToken);

    /// <summary>Begins a bank challenge: orders a payment, or tells an amount to pay.</summary>
    /// <param name="id">The organisation's application.</param>
    /// <param name="kind">Which way the money goes.</param>
    /// <param name="account">The organisation's account.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The application after it, and for a top-up the amount to pay in fen; 0 for a payment, whose amount is the secret.</returns>
    /// <exception cref="RegistrationException">The step does not apply, or the account is not acceptable (codes <c>bank-…</c>).</exception>
    public async Task<(EnterpriseApplication Application, int ToPayFen)> StartBankChallengeAsync(string id, BankChallengeKind kind, BankAccount account, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        DateTimeOffset now = _clock.GetUtcNow();
        (await _applications.RequireEnterpriseAsync(id, cancellationToken).ConfigureAwait(false)).CheckBankAccount(account, now);
        int fen = BankChallenge.DrawAmount();
        VerificationRecord order = kind == BankChallengeKind.Payment
            ? await _providers.Bank.PayAsync(account, fen, cancellationToken).ConfigureAwait(false)
            : new VerificationRecord("bank-order", "ESign", IsOffline: false, Succeeded: true, now, "待企业付款 / the organisation pays");
        EnterpriseApplication after = await ChangeEnterpriseAsync(id, enterprise => enterprise.StartBankChallenge(kind, account, fen, order, now), cancellationToken).ConfigureAwait(false);
        return (after, kind == BankChallengeKind.TopUp ? fen : 0);
    }

    /// <summary>Takes the amount the organisation names, or asks the bank what arrived (for a top-up, whatever is named).</summary>
    /// <param name="id">The organisation's application.</param>
    /// <param name="fen">The amount in fen; ignored for a top-up.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">Wrong (<c>bank-amount</c>), wrong twice (<c>bank-failed</c>), too late (<c>bank-expired</c>), or nothing arrived yet (<c>bank-waiting</c>). A wrong answer is kept all the same.</exception>
    public async Task<EnterpriseApplication> AnswerBankChallengeAsync(string id, int fen, CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        EnterpriseApplication application = await _applications.RequireEnterpriseAsync(id, cancellationToken).ConfigureAwait(false);
        if (application.BankChallenge is { Kind: BankChallengeKind.TopUp } topUp)
        {
            fen = await _providers.Bank.FindReceivedAsync(topUp.Account, topUp.StartedAt, cancellationToken).ConfigureAwait(false)
                ?? throw new RegistrationException("bank-waiting", "尚未收到款项，通常需要1个工作日 / Nothing arrived yet; it usually takes a working day");
        }

        EnterpriseApplication after = await ChangeEnterpriseAsync(id, enterprise => enterprise.AnswerBankChallenge(fen, now), cancellationToken).ConfigureAwait(false);
        return after.BankChallenge!.ToRefusal(now) is { } refusal ? throw refusal : after;
    }
}
