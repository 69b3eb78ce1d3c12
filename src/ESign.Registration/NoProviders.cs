using ESign.Pki.Names;
using ESign.Registration.Banking;

namespace ESign.Registration;

/// <summary>Nobody can be asked: confirms nothing, so that every application goes to a reviewer.</summary>
internal sealed class NoProviders(TimeProvider clock) : IIdentityVerifier, IBusinessRegistry, IBankTransfer, INoticeSender
{
    public ValueTask<VerificationRecord> VerifyAsync(string name, IdentityDocument document, MobileNumber? mobile, CancellationToken cancellationToken = default) => ValueTask.FromResult(Answer("identity"));

    public ValueTask<VerificationRecord> VerifyAsync(string name, UnifiedSocialCreditCode code, string legalRepresentative, CancellationToken cancellationToken = default) => ValueTask.FromResult(Answer("registry"));

    public ValueTask<VerificationRecord> PayAsync(BankAccount account, int fen, CancellationToken cancellationToken = default) => ValueTask.FromResult(Answer("bank-order"));

    public ValueTask<int?> FindReceivedAsync(BankAccount account, DateTimeOffset since, CancellationToken cancellationToken = default) => ValueTask.FromResult<int?>(null);

    public ValueTask<VerificationRecord> AskForAuthorizationAsync(MobileNumber number, string organization, string applicant, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Answer("notice") with { Detail = "未接入短信服务，未发送 / no carrier is connected: nothing was sent" });

    private VerificationRecord Answer(string check) =>
        new(check, "none", IsOffline: true, Succeeded: false, clock.GetUtcNow(), "未接入核验机构，需人工审核 / no provider is connected: a reviewer has to decide");
}
