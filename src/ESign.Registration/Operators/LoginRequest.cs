namespace ESign.Registration.Operators;

/// <summary>Somebody logs in.</summary>
/// <param name="Login">The login name.</param>
/// <param name="Password">The password.</param>
/// <param name="Code">The authenticator's code, or a recovery code; not needed on a trusted device.</param>
/// <param name="DeviceToken">What a trusted device was given.</param>
/// <param name="TrustDevice">Whether to trust this device for seven days.</param>
/// <param name="CaptchaId">The captcha that was solved, when one was asked for.</param>
/// <param name="Captcha">What it shows.</param>
internal sealed record LoginRequest(string Login, string Password, string? Code = null, string? DeviceToken = null, bool TrustDevice = false, string? CaptchaId = null, string? Captcha = null);
