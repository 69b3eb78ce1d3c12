using ESign.AspNetCore.Accounts;
using ESign.AspNetCore.Api;
using ESign.AspNetCore.Authorities;
using ESign.AspNetCore.Operations;
using ESign.Pki.Issuance;
using ESign.Pki.Revocation;
using ESign.Registration.Access;
using ESign.Registration.Operators;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.Approvals;

/// <summary>Checks what is asked for, and does it once two administrators want it.</summary>
internal sealed class ActExecutor(IssuerDirectory issuers, ProfileRules profiles, OperatorDesk operators, Sessions sessions, ServiceMetrics metrics)
{
    private const int MaximumDays = 36_600;

    /// <summary>Refuses what could not be done anyway.</summary>
    public async ValueTask CheckAsync(ActRequest request, CancellationToken cancellationToken)
    {
        switch (request.Kind)
        {
            case ActKind.RevokeAuthority:
                CertificateRecord record = await FindAuthorityAsync(request, cancellationToken).ConfigureAwait(false);
                bool isReason = request.RevocationReason is { } reason && reason is not (RevocationReason.CertificateHold or RevocationReason.RemoveFromCrl);
                if (!isReason || record.Status != CertificateState.Issued)
                {
                    throw Refuse("revocation", "证书应有效，且应指定吊销原因（暂停除外） / The certificate is in force, and a reason other than a hold is given");
                }

                break;
            case ActKind.ChangeProfile:
                issuers.Find(request.Issuer ?? "");
                CertificateIssuance.FindProfile(request.Profile ?? "");
                if (request.IsOffered is null || request.MaximumDays is < 1 or > MaximumDays)
                {
                    throw Refuse("profile", "应指定是否提供，有效期上限应为正数 / Say whether the profile is offered; a limit is a positive number of days");
                }

                break;
            case ActKind.ResetAdministrator:
                if (await operators.FindAsync(request.Login ?? "", cancellationToken).ConfigureAwait(false) is not { } account || !account.Roles.HasFlag(AccessRoles.Administrator))
                {
                    throw Refuse("login", "没有该管理员 / There is no such administrator");
                }

                break;
            default:
                OperatorDesk.CheckLogin(request.Login ?? "");
                if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > 100 || await operators.FindAsync(request.Login!, cancellationToken).ConfigureAwait(false) is not null)
                {
                    throw Refuse("login", "应填写姓名，且登录名未被使用 / A name, and a login name nobody has");
                }

                break;
        }
    }

    /// <summary>Does it.</summary>
    /// <param name="request">What.</param>
    /// <param name="setupCode">For the administrator who is invited or reset.</param>
    /// <param name="actors">The two who want it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What came of it, in words.</returns>
    public async ValueTask<string> ExecuteAsync(ActRequest request, string setupCode, string actors, CancellationToken cancellationToken)
    {
        await CheckAsync(request, cancellationToken).ConfigureAwait(false);
        switch (request.Kind)
        {
            case ActKind.RevokeAuthority:
                HostedIssuer issuer = issuers.Find(request.Issuer);
                RevocationOutcome outcome = await issuer.Authority.RevokeAsync(request.SerialNumber!, request.RevocationReason!.Value, invalidityDate: null, cancellationToken).ConfigureAwait(false);
                if (outcome != RevocationOutcome.Done)
                {
                    throw Refuse("state", $"证书状态不允许（{outcome}） / The certificate's state does not allow it ({outcome})");
                }

                issuer.ForgetStatuses();
                metrics.CertificateRevoked(issuer.Name);
                return $"revoked {request.SerialNumber}";
            case ActKind.ChangeProfile:
                await profiles.SetAsync(new ProfileRule(issuers.Find(request.Issuer).Name, request.Profile!, request.IsOffered!.Value, request.MaximumDays), cancellationToken).ConfigureAwait(false);
                return $"{request.Issuer} {request.Profile}: offered {request.IsOffered}, at most {request.MaximumDays?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "the profile's own"} days";
            case ActKind.ResetAdministrator:
                await operators.ResetAsync(request.Login!, setupCode, cancellationToken).ConfigureAwait(false);
                await sessions.EndAllAsync(request.Login!).ConfigureAwait(false);
                return $"reset {request.Login}";
            case ActKind.InviteAdministrator:
                await operators.InviteAsync(request.Login!, request.Name!, AccessRoles.Administrator, setupCode, actors, cancellationToken).ConfigureAwait(false);
                return $"invited {request.Login}";
            default:
                throw new InvalidOperationException($"There is no act {request.Kind}");
        }
    }

    private async ValueTask<CertificateRecord> FindAuthorityAsync(ActRequest request, CancellationToken cancellationToken)
    {
        HostedIssuer issuer = issuers.Find(request.Issuer ?? "");
        CertificateRecord? record = await issuer.FindRecordAsync(request.SerialNumber ?? "", cancellationToken).ConfigureAwait(false);
        return record is not null && CertificateProfile.FromName(record.Intent.ProfileName) is { IsAuthority: true }
            ? record
            : throw new RequestRefusedException(StatusCodes.Status404NotFound, "no-such-certificate", $"{issuer.Name}没有签发过该CA证书 / {issuer.Name} never issued that to an authority");
    }

    private static RequestRefusedException Refuse(string code, string message) => new(StatusCodes.Status422UnprocessableEntity, code, message);
}
