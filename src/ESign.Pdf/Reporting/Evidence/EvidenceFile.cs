namespace ESign.Pdf.Reporting.Evidence;

/// <summary>What a signing platform recorded about one contract; <c>docs/schemas/evidence.schema.json</c> describes it.</summary>
internal sealed record EvidenceFile
{
    /// <summary>The version of the schema: 1.</summary>
    public required int Version { get; init; }

    /// <summary>The platform that states all this.</summary>
    public string? Platform { get; init; }

    public EvidenceContract? Contract { get; init; }

    public EvidenceFlow? Flow { get; init; }

    public IReadOnlyList<EvidenceParty> Parties { get; init => field = value ?? []; } = [];

    public IReadOnlyList<EvidenceWillingness> Willingness { get; init => field = value ?? []; } = [];

    public IReadOnlyList<EvidenceSeal> Seals { get; init => field = value ?? []; } = [];

    public IReadOnlyList<EvidenceEvent> Timeline { get; init => field = value ?? []; } = [];

    public EvidenceLog? Log { get; init; }

    /// <summary>Whether a list has a null in it, which the serialiser lets pass.</summary>
    internal bool HasEmptyItems =>
        new IEnumerable<object?>[]
        {
            Parties, Willingness, Seals, Timeline, Contract?.Attachments ?? [], Flow?.Links ?? [], Log?.Proofs ?? [], Log?.Anchors ?? [],
            (Log?.Proofs ?? []).Where(proof => proof is not null).SelectMany(proof => proof.Path),
        }.Any(list => list.Contains(null));
}
