using ESign.Registration.Access;
using ESign.Registration.Operators;

namespace ESign.AspNetCore.Accounts;

/// <summary>Invites an operator.</summary>
internal sealed record InviteRequest(string Login, string Name, IReadOnlyList<AccessRoles> Roles);

/// <summary>An operator was invited; the code is shown once.</summary>
internal sealed record InvitedDocument(string Login, string SetupCode, DateTimeOffset ExpiresAt);

/// <summary>An operator sets the account up.</summary>
internal sealed record SetUpRequest(string Login, string SetupCode, string Password);

/// <summary>The second factor, shown once.</summary>
/// <param name="OtpAuthUri">For an authenticator application.</param>
/// <param name="RecoveryCodes">To be kept on paper; each is good once.</param>
internal sealed record SetUpDocument(string OtpAuthUri, IReadOnlyList<string> RecoveryCodes);

/// <summary>A session.</summary>
/// <param name="Token">The bearer token of the session.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="Roles">What it allows.</param>
/// <param name="DeviceToken">Keep it on this device: no second factor for seven days.</param>
internal sealed record SessionDocument(string Token, DateTimeOffset ExpiresAt, IReadOnlyList<AccessRoles> Roles, string? DeviceToken = null);

/// <summary>A captcha: its picture as SVG.</summary>
internal sealed record CaptchaDocument(string Id, string Svg);

/// <summary>A new password.</summary>
internal sealed record PasswordRequest(string Current, string Next);

/// <summary>An operator, without secrets.</summary>
/// <param name="Login">The login name.</param>
/// <param name="Name">Whose account it is.</param>
/// <param name="Roles">What it allows.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why it was frozen or enabled again.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="InvitedBy">By whom; by two, where it takes two.</param>
/// <param name="SetUpAt">When the person first set it up.</param>
internal sealed record OperatorDocument(
    string Login, string Name, IReadOnlyList<AccessRoles> Roles, OperatorState State, string? Reason, DateTimeOffset CreatedAt, string? InvitedBy, DateTimeOffset? SetUpAt);
