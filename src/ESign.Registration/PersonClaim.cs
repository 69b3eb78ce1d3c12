using ESign.Pki.Names;

namespace ESign.Registration;

/// <summary>Who somebody says to be.</summary>
public sealed record PersonClaim
{
    /// <summary>The name in the document.</summary>
    public required string Name { get; init; }

    /// <summary>The document.</summary>
    public required IdentityDocument Document { get; init; }

    /// <summary>The telephone number.</summary>
    public MobileNumber? Mobile { get; init; }

    /// <summary>The birth date, where the document's number carries none.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>What the applicant agreed to.</summary>
    public required IReadOnlyList<Consent> Consents { get; init; }

    /// <summary>Who hands it in, as a client of the service.</summary>
    public string? SubmittedBy { get; init; }
}
