namespace ESign.Fuzz.Hostile;

/// <summary>A file made to cost more than it is worth, or to lead a reader astray.</summary>
/// <param name="Name">What it tries.</param>
/// <param name="Make">Makes it; large ones only when wanted.</param>
public sealed record HostileFile(string Name, Func<byte[]> Make)
{
    /// <summary>All of them, by what they attack.</summary>
    public static IReadOnlyList<HostileFile> All { get; } =
    [
        .. HostileTrees.Files, .. HostileObjects.Files, .. HostileCrossReferences.Files, .. HostileStreams.Files, .. HostileEncryption.Files,
        .. HostileContent.Files, .. HostileSignatures.Files,
    ];

    public override string ToString() => Name;
}
