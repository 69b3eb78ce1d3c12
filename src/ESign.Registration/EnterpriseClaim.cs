using ESign.Pki.Names;

namespace ESign.Registration;

/// <summary>What an organisation says to be.</summary>
public sealed record EnterpriseClaim
{
    /// <summary>The registered full name.</summary>
    public required string Name { get; init; }

    /// <summary>The credit code.</summary>
    public required UnifiedSocialCreditCode Code { get; init; }

    /// <summary>The legal representative or person in charge.</summary>
    public required string LegalRepresentative { get; init; }

    /// <summary>That person's document; needed of an individual business's owner.</summary>
    public IdentityDocument? LegalRepresentativeDocument { get; init; }

    /// <summary>Whether that person is a foreigner.</summary>
    public bool IsLegalRepresentativeForeign { get; init; }

    /// <summary>The application of the person who becomes super administrator.</summary>
    public required string SuperAdministratorId { get; init; }

    /// <summary>Who hands it in, as a client of the service.</summary>
    public string? SubmittedBy { get; init; }
}
