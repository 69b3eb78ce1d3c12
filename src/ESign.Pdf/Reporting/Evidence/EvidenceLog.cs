namespace ESign.Pdf.Reporting.Evidence;

/// <summary>The state of the platform's log and proofs that records are in it.</summary>
internal sealed record EvidenceLog
{
    /// <summary>The signed checkpoint, a C2SP signed note.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>The log's public key: SubjectPublicKeyInfo in Base64.</summary>
    public required string PublicKey { get; init; }

    /// <summary>What the key signs with, for example <c>ECDSA-P256-SHA256</c>.</summary>
    public required string Algorithm { get; init; }

    /// <summary>Inclusion proofs.</summary>
    public IReadOnlyList<EvidenceProof> Proofs { get; init => field = value ?? []; } = [];

    /// <summary>What holds the checkpoint elsewhere.</summary>
    public IReadOnlyList<EvidenceAnchor> Anchors { get; init => field = value ?? []; } = [];
}
