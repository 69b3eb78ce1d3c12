namespace ESign.Pki.Transparency;

/// <summary>What checking a whole log found.</summary>
/// <param name="Size">How many records were read.</param>
/// <param name="RootHash">The root over them, computed from the records alone.</param>
/// <param name="Checkpoints">How many signed checkpoints agree with the records.</param>
/// <param name="Findings">Everything that is wrong, Chinese and English; empty when the log is intact.</param>
internal sealed record LogVerdict(long Size, ReadOnlyMemory<byte> RootHash, int Checkpoints, IReadOnlyList<string> Findings)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsIntact => Findings.Count == 0;
}
