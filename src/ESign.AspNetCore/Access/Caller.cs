using ESign.Registration.Access;

namespace ESign.AspNetCore.Access;

/// <summary>Who calls, as far as a token or a client certificate proves it.</summary>
/// <param name="Token">What the caller may do.</param>
/// <param name="Text">The token as its holder has it; <see langword="null"/> when a client certificate stands for it.</param>
internal sealed record Caller(AccessToken Token, AccessTokenText? Text)
{
    /// <summary>How the caller reads in the audit log.</summary>
    public string Actor => Token.Operator is { } login ? $"operator {login}" : $"{Token.Id} {Token.Name}";

    /// <summary>Whether what was asked is allowed to the caller as one who works for the service, not for one client of it.</summary>
    public bool IsStaff { get; init; }
}
