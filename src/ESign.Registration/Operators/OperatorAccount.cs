using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using ESign.Registration.Access;

namespace ESign.Registration.Operators;

/// <summary>A person who works with the service: a login name, a password, a second factor. Every step gives a new value.</summary>
internal sealed record OperatorAccount
{
    private const int MaximumDevices = 5;
    private const int RecoveryCodes = 8;

    /// <summary>A device stays trusted for so long: the password alone suffices there.</summary>
    public static readonly TimeSpan DeviceTrust = TimeSpan.FromDays(7);

    /// <summary>An invitation is good for so long.</summary>
    public static readonly TimeSpan Invitation = TimeSpan.FromDays(1);

    public required string Login { get; init; }

    public required string Name { get; init; }

    public required AccessRoles Roles { get; init; }

    public OperatorState State { get; init; }

    public string? Reason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who invited the person; two administrators where two had to.</summary>
    public string? InvitedBy { get; init; }

    /// <summary>When the person first set the account up: stays, whatever becomes of the account.</summary>
    public DateTimeOffset? SetUpAt { get; init; }

    /// <summary>Whether somebody has been an administrator with it.</summary>
    public bool HasAdministered => Roles.HasFlag(AccessRoles.Administrator) && (SetUpAt is not null || Password is not null);

    /// <summary>SHA-256 of the setup code; <see langword="null"/> once it was used.</summary>
    public string? SetupHash { get; init; }

    public DateTimeOffset SetupExpiresAt { get; init; }

    public PasswordHash? Password { get; init; }

    public byte[] TotpSecret { get; init => field = value ?? []; } = [];

    /// <summary>The step of the last code used: a code is good once.</summary>
    public long LastTotpStep { get; init; }

    /// <summary>SHA-256 of the recovery codes (备选校验方式) not used yet.</summary>
    public IReadOnlyList<string> Recovery { get; init => field = value ?? []; } = [];

    public IReadOnlyList<TrustedDevice> Devices { get; init => field = value ?? []; } = [];

    /// <summary>Secrets have 80 bits and more: a plain digest of them tells nothing.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>The person sets a password and gets a second factor.</summary>
    /// <returns>The account after it, the secret's recovery codes in clear, once.</returns>
    /// <exception cref="RegistrationException">The setup code is wrong, used or too old (<c>setup-code</c>), or the password is not good enough.</exception>
    public (OperatorAccount Account, IReadOnlyList<string> RecoveryCodes) SetUp(string setupCode, string password, int iterations, DateTimeOffset now)
    {
        bool isRight = State == OperatorState.Invited && SetupHash is { } hash && now < SetupExpiresAt
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(hash), Encoding.UTF8.GetBytes(HashOf(setupCode)));
        if (!isRight)
        {
            throw new RegistrationException("setup-code", "开通码错误或已失效，请联系管理员重新获取 / The setup code is wrong, used or too old: ask an administrator for another");
        }

        string[] codes = [.. Enumerable.Range(0, RecoveryCodes).Select(static _ => Totp.ToBase32(RandomNumberGenerator.GetBytes(10)))];
        return (this with
        {
            State = OperatorState.Active,
            SetUpAt = SetUpAt ?? now,
            SetupHash = null,
            Password = PasswordHash.Create(password, Login, iterations),
            TotpSecret = RandomNumberGenerator.GetBytes(Totp.SecretSize),
            LastTotpStep = 0,
            Recovery = [.. codes.Select(HashOf)],
            Devices = [],
        }, codes);
    }

    /// <summary>Takes a second factor: a code of the authenticator, or a recovery code. Each is good once.</summary>
    /// <returns>The account after it; <see langword="null"/> when it is wrong.</returns>
    public OperatorAccount? TakeFactor(string code, DateTimeOffset now)
    {
        if (Totp.FindStep(TotpSecret, code, now, LastTotpStep) is { } step)
        {
            return this with { LastTotpStep = step };
        }

        string hash = HashOf(code.Trim().ToUpperInvariant());
        return Recovery.Contains(hash, StringComparer.Ordinal) ? this with { Recovery = [.. Recovery.Where(each => !string.Equals(each, hash, StringComparison.Ordinal))] } : null;
    }

    public bool Trusts(string? deviceToken, DateTimeOffset now) =>
        deviceToken is not null && Devices.Any(device => now < device.Until && string.Equals(device.Hash, HashOf(deviceToken), StringComparison.Ordinal));

    public OperatorAccount Trust(string deviceToken, DateTimeOffset now) =>
        this with { Devices = [.. Devices.Where(device => now < device.Until).TakeLast(MaximumDevices - 1), new TrustedDevice(HashOf(deviceToken), now + DeviceTrust)] };

    /// <summary>A new setup code in place of password and second factor (F227).</summary>
    public OperatorAccount Invite(string setupCode, DateTimeOffset now) => this with
    {
        State = OperatorState.Invited,
        SetupHash = HashOf(setupCode),
        SetupExpiresAt = now + Invitation,
        SetUpAt = SetUpAt ?? (Password is null ? null : now), // earlier programs did not say when
        Password = null,
        TotpSecret = [],
        Recovery = [],
        Devices = [],
    };
}

/// <summary>A device that needs no second factor until then.</summary>
internal sealed record TrustedDevice(string Hash, DateTimeOffset Until);

/// <summary>Wrong logins with one name.</summary>
/// <param name="Id">The keyed hash of the name: names that do not exist are counted like those that do.</param>
/// <param name="Day">The day in China the count for the captcha is of.</param>
/// <param name="Today">Wrong logins on that day.</param>
/// <param name="WindowStart">The first wrong login of the last hour's worth.</param>
/// <param name="InWindow">Wrong logins since then.</param>
internal sealed record LoginFailures(string Id, DateOnly Day, int Today, DateTimeOffset WindowStart, int InWindow);

/// <summary>A drawn text to be typed.</summary>
internal sealed record Captcha(string Id, string Text, DateTimeOffset ExpiresAt);

/// <summary>The JSON of operators in a store.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OperatorAccount))]
[JsonSerializable(typeof(LoginFailures))]
[JsonSerializable(typeof(Captcha))]
internal sealed partial class OperatorJsonContext : JsonSerializerContext;
