using System.Security.Cryptography;
using ESign.Registration.Access;
using ESign.Registration.Protection;
using ESign.Registration.Records;

namespace ESign.Registration.Operators;

/// <summary>The people who work with the service: invited, set up, logged in, frozen.</summary>
internal sealed class OperatorDesk : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly RecordSet<OperatorAccount> _accounts;
    private readonly LoginGuard _guard;
    private readonly TimeProvider _clock;
    private readonly int _iterations;

    /// <summary>Stretching passwords is meant to be slow: so many at a time.</summary>
    private readonly SemaphoreSlim _places = new(Environment.ProcessorCount);

    public OperatorDesk(IRecordStore store, DataKeyRing keys, TimeProvider clock, int iterations = PasswordHash.DefaultIterations)
    {
        _accounts = new RecordSet<OperatorAccount>(
            store, keys, "operator", OperatorJsonContext.Default.OperatorAccount, static account => new RecordFacts(account.Login, account.State.ToString()));
        _guard = new LoginGuard(store, keys, clock);
        Captchas = new CaptchaDesk(store, keys, clock);
        _clock = clock;
        _iterations = iterations;
    }

    public CaptchaDesk Captchas { get; }

    /// <summary>A code to set an account up with: 80 random bits in base 32.</summary>
    public static string NewSetupCode() => Totp.ToBase32(RandomNumberGenerator.GetBytes(10));

    /// <summary>Invites a person.</summary>
    /// <exception cref="RegistrationException">The name is malformed (<c>login</c>) or taken (<c>taken</c>).</exception>
    public async ValueTask<OperatorAccount> InviteAsync(string login, string name, AccessRoles roles, string setupCode, string invitedBy, CancellationToken cancellationToken)
    {
        CheckLogin(login);
        OperatorAccount account = new OperatorAccount { Login = login, Name = name, Roles = roles, InvitedBy = invitedBy, CreatedAt = _clock.GetUtcNow() }.Invite(setupCode, _clock.GetUtcNow());
        return await _accounts.AddAsync(account, cancellationToken).ConfigureAwait(false) == RecordOutcome.Done
            ? account
            : throw Taken(login);
    }

    /// <summary>Refuses a name nobody can have, or somebody has.</summary>
    public async ValueTask RequireFreeAsync(string login, CancellationToken cancellationToken)
    {
        CheckLogin(login);
        if (await FindAsync(login, cancellationToken).ConfigureAwait(false) is not null)
        {
            throw Taken(login);
        }
    }

    /// <summary>A new setup code in place of a person's password and second factor.</summary>
    public ValueTask<OperatorAccount> ResetAsync(string login, string setupCode, CancellationToken cancellationToken) =>
        ChangeAsync(login, found => found.Invite(setupCode, _clock.GetUtcNow()), cancellationToken);

    /// <summary>Refuses a name nobody can have.</summary>
    public static void CheckLogin(string login)
    {
        if (login.Length is < 2 or > 40 || login.Any(static c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('-' or '.')))
        {
            throw new RegistrationException("login", "登录名为2至40个小写字母、数字、点或连字符 / A login name has 2 to 40 lower-case letters, digits, dots and hyphens");
        }
    }

    /// <summary>The person sets the account up.</summary>
    /// <returns>The authenticator's secret, and recovery codes to be kept on paper.</returns>
    public async ValueTask<(byte[] TotpSecret, IReadOnlyList<string> RecoveryCodes)> SetUpAsync(string login, string setupCode, string password, CancellationToken cancellationToken)
    {
        await _guard.TakeAsync("setup " + login, hasCaptcha: true, cancellationToken).ConfigureAwait(false);
        using SemaphorePlace place = await EnterAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> codes = [];
        OperatorAccount? account = await ChangeOrNullAsync(
            login,
            found =>
            {
                (OperatorAccount after, codes) = found.SetUp(setupCode, password, _iterations, _clock.GetUtcNow());
                return after;
            },
            cancellationToken).ConfigureAwait(false);
        if (account is null)
        {
            throw new RegistrationException("setup-code", "开通码错误或已失效，请联系管理员重新获取 / The setup code is wrong, used or too old: ask an administrator for another");
        }

        await _guard.ForgiveAsync("setup " + login, CancellationToken.None).ConfigureAwait(false); // the secret exists: it must be told
        return (account.TotpSecret, codes);
    }

    /// <summary>Logs a person in.</summary>
    /// <returns>The account, and a device token when the device is trusted from now on.</returns>
    /// <exception cref="RegistrationException">
    /// Wrong (<c>login-wrong</c>); a captcha (<c>captcha</c>) or second factor (<c>second-factor</c>) is needed; the factor is wrong
    /// (<c>second-factor-wrong</c>); locked (<c>locked</c>) or frozen (<c>frozen</c>).
    /// </exception>
    public async ValueTask<(OperatorAccount Account, string? DeviceToken)> LogInAsync(LoginRequest request, CancellationToken cancellationToken)
    {
        bool hasCaptcha = await Captchas.TryTakeAsync(request.CaptchaId, request.Captcha, cancellationToken).ConfigureAwait(false);
        await _guard.TakeAsync(request.Login, hasCaptcha, cancellationToken).ConfigureAwait(false);
        OperatorAccount? account = await FindAsync(request.Login, cancellationToken).ConfigureAwait(false);
        await CheckPasswordAsync(account, request.Password, cancellationToken).ConfigureAwait(false);
        if (account!.State == OperatorState.Frozen)
        {
            throw Frozen();
        }

        DateTimeOffset now = _clock.GetUtcNow();
        if (!account.Trusts(request.DeviceToken, now))
        {
            account = await TakeFactorAsync(account, request, now, cancellationToken).ConfigureAwait(false);
        }

        string? device = request.TrustDevice ? Totp.ToBase32(RandomNumberGenerator.GetBytes(20)) : null;
        if (device is not null)
        {
            account = await ChangeAsync(account.Login, found => found.Trust(device, now), cancellationToken).ConfigureAwait(false);
        }

        await _guard.ForgiveAsync(request.Login, cancellationToken).ConfigureAwait(false);
        return (account, device);
    }

    /// <summary>A person who is logged in changes the password; every trusted device is forgotten at once.</summary>
    public async ValueTask ChangePasswordAsync(string login, string current, string next, CancellationToken cancellationToken)
    {
        await _guard.TakeAsync(login, hasCaptcha: true, cancellationToken).ConfigureAwait(false);
        await CheckPasswordAsync(await FindAsync(login, cancellationToken).ConfigureAwait(false), current, cancellationToken).ConfigureAwait(false);
        using SemaphorePlace place = await EnterAsync(cancellationToken).ConfigureAwait(false);
        PasswordHash hash = PasswordHash.Create(next, login, _iterations);
        await ChangeAsync(login, found => found with { Password = hash, Devices = [] }, cancellationToken).ConfigureAwait(false);
        await _guard.ForgiveAsync(login, CancellationToken.None).ConfigureAwait(false);
    }

    public async ValueTask<OperatorAccount?> FindAsync(string login, CancellationToken cancellationToken) => (await _accounts.FindAsync(login, cancellationToken).ConfigureAwait(false))?.Value;

    /// <summary>Lists accounts by login name; every one of them unless a page is asked for.</summary>
    public IAsyncEnumerable<OperatorAccount> ListAsync(string? after, int limit, CancellationToken cancellationToken) =>
        _accounts.ListAsync(after: after, limit: limit, cancellationToken: cancellationToken).Select(static account => account.Value);

    public async ValueTask<OperatorAccount> ChangeAsync(string login, Func<OperatorAccount, OperatorAccount> change, CancellationToken cancellationToken) =>
        await ChangeOrNullAsync(login, change, cancellationToken).ConfigureAwait(false) ?? throw new RegistrationException("no-such-operator", $"没有操作员{login} / There is no operator {login}");

    public void Dispose() => _places.Dispose();

    /// <summary>What somebody is told whose account is frozen.</summary>
    public static RegistrationException Frozen() => new("frozen", "账号已冻结，请联系管理员 / The account is frozen: ask an administrator");

    private static RegistrationException Taken(string login) => new("taken", $"登录名{login}已被使用 / The login name {login} is in use");

    private ValueTask<OperatorAccount?> ChangeOrNullAsync(string login, Func<OperatorAccount, OperatorAccount> change, CancellationToken cancellationToken) => _accounts.ChangeAsync(login, change, cancellationToken);

    private async ValueTask CheckPasswordAsync(OperatorAccount? account, string password, CancellationToken cancellationToken)
    {
        using SemaphorePlace place = await EnterAsync(cancellationToken).ConfigureAwait(false);
        if (!(account?.Password ?? PasswordHash.Nobody(_iterations)).Matches(password) || account?.Password is null)
        {
            throw new RegistrationException("login-wrong", "登录名或密码错误 / Login name or password is wrong");
        }
    }

    private async ValueTask<OperatorAccount> TakeFactorAsync(OperatorAccount account, LoginRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(request.Code))
        {
            await _guard.ReturnAsync(request.Login, cancellationToken).ConfigureAwait(false);
            throw new RegistrationException("second-factor", "请输入动态验证码或备用码 / The authenticator's code or a recovery code is needed");
        }

        return await ChangeAsync(
            account.Login,
            found => found.TakeFactor(request.Code, now) ?? throw new RegistrationException("second-factor-wrong", "动态验证码错误：已过期、已使用，或设备时间不准 / The code is wrong: expired, used, or the device's clock is off"),
            cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<SemaphorePlace> EnterAsync(CancellationToken cancellationToken) => await _places.WaitAsync(Patience, cancellationToken).ConfigureAwait(false)
        ? new SemaphorePlace(_places)
        : throw new RegistrationException("busy", "登录繁忙，请稍后重试 / Too many logins at a time; try again");

    private readonly struct SemaphorePlace(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
