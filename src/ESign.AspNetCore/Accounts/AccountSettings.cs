namespace ESign.AspNetCore.Accounts;

/// <summary>How operators log in: section <c>Accounts</c>.</summary>
internal sealed record AccountSettings
{
    /// <summary>The service's name in authenticator applications.</summary>
    public string Issuer { get; init; } = "ESign";

    /// <summary>How long a session lasts. Default: one hour.</summary>
    public TimeSpan Session { get; init; } = TimeSpan.FromHours(1);
}
