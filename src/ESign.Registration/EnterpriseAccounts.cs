using System.Collections.Concurrent;
using ESign.Pki.Names;

namespace ESign.Registration;

/// <summary>The accounts of verified organisations: one per credit code, each with exactly one super administrator.</summary>
public sealed class EnterpriseAccounts
{
    private readonly ConcurrentDictionary<UnifiedSocialCreditCode, PersonApplication> _superAdministrators = new();

    /// <summary>Opens the account of an approved application.</summary>
    /// <param name="application">The application.</param>
    /// <exception cref="RegistrationException">It is not approved (<c>state</c>), or the organisation has an account (<c>account</c>).</exception>
    public void Open(EnterpriseApplication application)
    {
        ArgumentNullException.ThrowIfNull(application);
        application.ToSubject();
        PersonApplication present = _superAdministrators.GetOrAdd(application.Code, application.SuperAdministrator);
        if (!ReferenceEquals(present, application.SuperAdministrator))
        {
            throw new RegistrationException(
                "account",
                $"此企业已经完成认证，请联系此企业的超级管理员（{Masking.PersonName(present.Name)}）加入该企业 / The organisation has an account: ask its super administrator ({Masking.PersonName(present.Name)}) to join");
        }
    }

    /// <summary>The super administrator of an organisation.</summary>
    /// <param name="code">The organisation.</param>
    /// <returns>The person, or <see langword="null"/> when the organisation has no account.</returns>
    public PersonApplication? FindSuperAdministrator(UnifiedSocialCreditCode code) => _superAdministrators.GetValueOrDefault(code);

    /// <summary>Hands the office of super administrator on; the old one loses it in the same moment.</summary>
    /// <param name="code">The organisation.</param>
    /// <param name="from">Who holds it now.</param>
    /// <param name="to">Who gets it, verified as a person.</param>
    /// <exception cref="RegistrationException">The new one is not verified, or the old one does not hold it.</exception>
    public void ChangeSuperAdministrator(UnifiedSocialCreditCode code, PersonApplication from, PersonApplication to)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        if (to.State != ApplicationState.Approved)
        {
            throw new RegistrationException("super-administrator", "新超级管理员尚未完成实名认证 / The new super administrator is not verified yet");
        }

        if (!_superAdministrators.TryUpdate(code, to, from))
        {
            throw new RegistrationException("super-administrator", "原超级管理员不符 / That person is not the organisation's super administrator");
        }
    }

    /// <summary>Closes an account; the organisation may register again.</summary>
    /// <param name="code">The organisation.</param>
    /// <returns>Whether it had one.</returns>
    public bool Close(UnifiedSocialCreditCode code) => _superAdministrators.TryRemove(code, out _);
}
