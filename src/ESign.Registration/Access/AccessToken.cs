namespace ESign.Registration.Access;

/// <summary>What a store keeps of a token: never its secret.</summary>
public sealed record AccessToken
{
    /// <summary>The public half of the token: what finds it.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is, in words.</summary>
    public required string Name { get; init; }

    /// <summary>What it allows.</summary>
    public required AccessRoles Roles { get; init; }

    /// <summary>SHA-256 of the secret, which has 256 random bits: no slow hash is needed.</summary>
    public required ReadOnlyMemory<byte> SecretHash { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The issuer it is confined to; <see langword="null"/> for all.</summary>
    public string? Issuer { get; init; }

    /// <summary>When it was withdrawn.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>
    /// For whom the token enrols: profile and verified subject, encrypted with a key only the token's secret gives.
    /// Empty when the token does not enrol.
    /// </summary>
    public ReadOnlyMemory<byte> SealedEnrolment { get; init; }

    /// <summary>Whether the first certificate was issued on the enrolment; later ones are renewals.</summary>
    public bool IsEnrolled { get; init; }

    /// <summary>The login name of the person whose session the token is; <see langword="null"/> for tokens of programs.</summary>
    public string? Operator { get; init; }

    /// <summary>The login name of the person who answers for it: who logged in, or made it, or made the token it was made with; <see langword="null"/> when nobody had logged in yet.</summary>
    public string? Responsible { get; init; }

    /// <summary>What it was made for.</summary>
    public AccessTokenPurpose Purpose { get; init; }
}
