namespace ESign.Pdf.Reporting.Evidence;

/// <summary>A party to the contract.</summary>
internal sealed record EvidenceParty
{
    /// <summary>Names the party within the evidence.</summary>
    public required string Id { get; init; }

    /// <summary><c>enterprise</c> or <c>person</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The full name.</summary>
    public required string Name { get; init; }

    /// <summary>The credit code or identity number.</summary>
    public string? Identifier { get; init; }

    /// <summary>For example 甲方.</summary>
    public string? Role { get; init; }

    /// <summary>The account on the platform.</summary>
    public string? Account { get; init; }

    /// <summary>Who acted for an enterprise.</summary>
    public EvidenceOperator? Operator { get; init; }

    /// <summary>How the identity was checked.</summary>
    public EvidenceIdentityCheck? Identity { get; init; }
}
