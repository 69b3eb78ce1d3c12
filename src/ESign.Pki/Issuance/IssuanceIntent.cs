namespace ESign.Pki.Issuance;

/// <summary>What an authority records before it signs: after a crash every certificate that can exist is known.</summary>
internal sealed record IssuanceIntent
{
    /// <summary>The issuer: its key identifier in lower-case hexadecimal.</summary>
    public required string IssuerId { get; init; }

    /// <summary>The serial number in lower-case hexadecimal, unique per issuer.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>The profile's name.</summary>
    public required string ProfileName { get; init; }

    /// <summary>Whom it is for, masked for reading.</summary>
    public required string SubjectName { get; init; }

    /// <summary>The organisation's unified social credit code, when the subject has one.</summary>
    public string? CreditCode { get; init; }

    /// <summary>The person's pseudonym, when the subject is one.</summary>
    public string? Pseudonym { get; init; }

    /// <summary>SHA-256 of the certified <c>SubjectPublicKeyInfo</c>, lower-case hexadecimal.</summary>
    public required string KeyHash { get; init; }

    /// <summary>The first moment of validity.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>The last second of validity.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>The CRL partition the certificate belongs to; 0 when there is one CRL.</summary>
    public int Partition { get; init; }

    /// <summary>Where the evidence of the subject's verification lies, in the registration authority's words.</summary>
    public string? EvidenceReference { get; init; }

    /// <summary>The bytes about to be signed.</summary>
    public required ReadOnlyMemory<byte> TbsCertificate { get; init; }

    /// <summary>When the intent was recorded.</summary>
    public required DateTimeOffset IntendedAt { get; init; }
}
