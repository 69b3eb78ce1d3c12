using ESign.Pki.Names;

namespace ESign.Registration;

/// <summary>For tests and demonstrations: answers from a list given at start, and says in every record that nobody was asked.</summary>
/// <param name="clock">The clock.</param>
/// <param name="refusedNames">Names it refuses; it confirms every other.</param>
public sealed class OfflineVerifier(TimeProvider clock, params IEnumerable<string> refusedNames) : IIdentityVerifier, IBusinessRegistry, INoticeSender
{
    private readonly HashSet<string> _refused = new(refusedNames, StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<VerificationRecord> VerifyAsync(string name, IdentityDocument document, MobileNumber? mobile, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Answer("identity", name));

    /// <inheritdoc/>
    public ValueTask<VerificationRecord> VerifyAsync(string name, UnifiedSocialCreditCode code, string legalRepresentative, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Answer("registry", name));

    /// <inheritdoc/>
    public ValueTask<VerificationRecord> AskForAuthorizationAsync(MobileNumber number, string organization, string applicant, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Answer("notice", organization) with { Detail = "离线演示，未发送短信 / offline demonstration: no message was sent" });

    private VerificationRecord Answer(string check, string name) => new(
        check,
        "offline list",
        IsOffline: true,
        Succeeded: !_refused.Contains(name),
        clock.GetUtcNow(),
        _refused.Contains(name) ? "离线名单拒绝 / refused by the offline list" : "离线演示，未查询任何登记机关 / offline demonstration: no register was asked");
}
