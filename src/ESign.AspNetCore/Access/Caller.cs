using ESign.Registration.Access;

namespace ESign.AspNetCore.Access;

/// <summary>Who calls, as far as a token proves it.</summary>
internal sealed record Caller(AccessToken Token, AccessTokenText Text)
{
    /// <summary>How the caller reads in the audit log.</summary>
    public string Actor => $"{Token.Id} {Token.Name}";
}
