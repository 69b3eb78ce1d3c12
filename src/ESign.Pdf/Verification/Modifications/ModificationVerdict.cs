namespace ESign.Pdf.Verification.Modifications;

/// <summary>What happened to a document after one of its signatures, as a whole and one by one.</summary>
/// <param name="Level">The gravest of all changes.</param>
/// <param name="Permitted">Whether all of them are allowed; a signature without this is not valid.</param>
/// <param name="Findings">The changes, in the order of the revisions that made them.</param>
internal sealed record ModificationVerdict(ModificationLevel Level, bool Permitted, IReadOnlyList<ModificationFinding> Findings);
