using System.Globalization;
using ESign.Registration.Protection;
using ESign.Registration.Records;

namespace ESign.Registration.Operators;

/// <summary>How often one name may be logged in with wrongly: after 3 wrong logins in a day a captcha is asked for, after more than 10 the name is locked.</summary>
/// <remarks>
/// The lock lasts an hour from the first wrong login; when that hour is over counting begins anew, so that 11 guesses an hour is the
/// most. An attempt is counted before anything is compared and taken back when it was right: parallel guesses do not come for free.
/// </remarks>
internal sealed class LoginGuard(IRecordStore store, DataKeyRing keys, TimeProvider clock)
{
    private const int FreeAttempts = 3;
    private const int AttemptsBeforeLock = 10;
    private const int CleanUp = 50;
    private static readonly TimeSpan LockTime = TimeSpan.FromHours(1);

    private readonly RecordSet<LoginFailures> _failures = new(
        store, keys, "login-failures", OperatorJsonContext.Default.LoginFailures, static failures => new RecordFacts(failures.Id) { DueAt = failures.WindowStart.AddDays(2) });

    /// <summary>Takes an attempt.</summary>
    /// <param name="login">The name somebody logs in with; it may not exist.</param>
    /// <param name="hasCaptcha">Whether a captcha was solved with it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RegistrationException">A captcha is needed (<c>captcha</c>), or the name is locked (<c>locked</c>).</exception>
    public async ValueTask TakeAsync(string login, bool hasCaptcha, CancellationToken cancellationToken)
    {
        string id = IdOf(login);
        while (true)
        {
            DateTimeOffset now = clock.GetUtcNow();
            DateOnly today = ChinaTime.DayOf(now);
            Versioned<LoginFailures>? read = await _failures.FindAsync(id, cancellationToken).ConfigureAwait(false);
            LoginFailures before = Refresh(read?.Value ?? new LoginFailures(id, today, 0, now, 0), today, now);
            Refuse(before, hasCaptcha);
            LoginFailures after = before with { Today = before.Today + 1, InWindow = before.InWindow + 1 };
            RecordOutcome outcome = read is null
                ? await _failures.AddAsync(after, cancellationToken).ConfigureAwait(false)
                : await _failures.ReplaceAsync(read with { Value = after }, cancellationToken).ConfigureAwait(false);
            if (outcome == RecordOutcome.Done)
            {
                return;
            }
        }
    }

    /// <summary>The attempt was right: nothing is held against the name any more.</summary>
    public async ValueTask ForgiveAsync(string login, CancellationToken cancellationToken)
    {
        await _failures.RemoveAsync(IdOf(login), cancellationToken).ConfigureAwait(false);
        var old = new List<string>();
        await foreach (Versioned<LoginFailures> failures in _failures.ListAsync(dueBy: clock.GetUtcNow(), limit: CleanUp, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            old.Add(failures.Value.Id);
        }

        foreach (string id in old)
        {
            await _failures.RemoveAsync(id, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The attempt was right as far as it went: only this one is taken back.</summary>
    public async ValueTask ReturnAsync(string login, CancellationToken cancellationToken) =>
        await _failures.ChangeAsync(IdOf(login), static failures => failures with { Today = Math.Max(0, failures.Today - 1), InWindow = Math.Max(0, failures.InWindow - 1) }, cancellationToken).ConfigureAwait(false);

    private static LoginFailures Refresh(LoginFailures failures, DateOnly today, DateTimeOffset now)
    {
        LoginFailures ofToday = failures.Day == today ? failures : failures with { Day = today, Today = 0 };
        return ofToday.InWindow == 0 || now >= ofToday.WindowStart + LockTime ? ofToday with { WindowStart = now, InWindow = 0 } : ofToday;
    }

    private static void Refuse(LoginFailures failures, bool hasCaptcha)
    {
        if (failures.InWindow > AttemptsBeforeLock)
        {
            DateTimeOffset until = (failures.WindowStart + LockTime).ToOffset(ChinaTime.Offset);
            throw new RegistrationException("locked", string.Create(CultureInfo.InvariantCulture, $"密码错误超过10次，登录已锁定1小时，请于{until:HH:mm}（北京时间）后重试 / More than 10 wrong logins: locked until {until:yyyy-MM-dd'T'HH:mm:sszzz}"));
        }

        if (failures.Today >= FreeAttempts && !hasCaptcha)
        {
            throw new RegistrationException("captcha", "今日密码错误已达3次，请输入图形验证码 / 3 wrong logins today: solve a captcha with the next");
        }
    }

    private string IdOf(string login) => keys.Hash("login", login).Replace(':', '-');
}
