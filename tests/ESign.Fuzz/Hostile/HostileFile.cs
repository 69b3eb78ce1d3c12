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

    /// <summary>Whether it takes seconds to make or to read in a debug build: for the script alone.</summary>
    public bool IsHeavy => Heavy.Contains(Name);

    private static readonly HashSet<string> Heavy = new(StringComparer.Ordinal)
    {
        "annotations-half-a-million", "array-of-half-a-million-arrays", "ascii85-bomb", "ascii85-in-ascii85", "content-fonts-again-and-again",
        "content-half-a-million-streams", "evidence-half-a-million-times", "field-with-200000-widgets", "fields-200000", "fields-200000-for-signatures",
        "fields-one-half-a-million-times", "flate-bomb", "forms-drawn-half-a-million-times", "hexadecimal-of-15-megabytes", "index-of-half-a-million",
        "lines-of-all-widths", "lzw-bomb", "lzw-bomb-in-lzw", "name-of-15-megabytes", "no-xref-a-million-numbers", "no-xref-a-million-objects",
        "no-xref-a-million-trailers", "no-xref-deep-trailers", "no-xref-many-object-streams", "no-xref-obj-obj-obj", "no-xref-object-stream-bombs",
        "object-stream-200000-wanted-backwards", "objects-without-end", "page-tree-200000-pages", "page-tree-200000-pages-miscounted", "page-tree-deep",
        "page-tree-of-direct-pages", "page-tree-one-page-half-a-million-times", "predictor-columns-beyond", "predictor-tiff-one-bit", "predictor-unknown",
        "signature-range-of-half-a-million", "signature-value-of-zeros", "string-of-backslashes", "string-of-parentheses", "subsections-400000",
        "subsections-of-nothing", "tounicode-a-million", "updates-1000-of-100-pages", "updates-4000-of-5000-pages", "updates-4000-of-one-page",
    };

    public override string ToString() => Name;
}
