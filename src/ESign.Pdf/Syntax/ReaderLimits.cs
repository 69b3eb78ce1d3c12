namespace ESign.Pdf.Syntax;

/// <summary>
/// What a hostile file may cost. Every loop over the file's bytes spends from one of these; reaching one is a
/// <see cref="PdfFormatException"/> with <see cref="PdfErrorCode.LimitExceeded"/>.
/// </summary>
internal sealed record ReaderLimits
{
    public static ReaderLimits Default { get; } = new();

    /// <summary>Arrays and dictionaries inside each other. Real files stay below 30; each level costs about 300 bytes of stack.</summary>
    public int MaxDepth { get; init; } = 200;

    /// <summary>The highest object number; the architectural limit of ISO 32000-1 annex C.2.</summary>
    public int MaxObjectNumber { get; init; } = 8_388_607;

    /// <summary>Bytes of one object without its stream data: a signature with megabytes of revocation data in hexadecimal fits.</summary>
    public int MaxObjectSize { get; init; } = 16 << 20;

    /// <summary>Values inside one object; each costs up to 100 bytes, and an entry of a dictionary as much as four. A flat page tree of half a million pages fits.</summary>
    public int MaxValues { get; init; } = 500_000;

    /// <summary>Bytes that reading objects may pass over, all together: this and so many times the file's length.</summary>
    public long ReadingBudget { get; init; } = 256 << 20;

    /// <summary>Objects are cached, so even a verifier walking every revision reads the file a few times, never this often in full.</summary>
    public long ReadingBudgetPerByte { get; init; } = 16;

    /// <summary>Bytes one stream may decode to. Pictures are not decoded here; page contents and fonts stay below 20 MB.</summary>
    public int MaxDecodedStream { get; init; } = 32 << 20;

    /// <summary>How many times its stored size a stream may grow before it counts as inflation; text and fonts stay below 20.</summary>
    public int UnsuspiciousRatio { get; init; } = 64;

    /// <summary>Bytes of inflation beyond that ratio that one document may cost in all: many small bombs are one bomb.</summary>
    public long MaxInflation { get; init; } = 64 << 20;

    /// <summary>Bytes of a stored stream taken into memory at once.</summary>
    public int MaxStoredStream { get; init; } = 128 << 20;

    /// <summary>Filters on one stream.</summary>
    public int MaxFilters { get; init; } = 8;

    /// <summary>Cross-reference sections, that is incremental updates.</summary>
    public int MaxSections { get; init; } = 4096;

    /// <summary>Objects that a rebuild by scanning will list.</summary>
    public int MaxRebuiltObjects { get; init; } = 1_000_000;

    /// <summary>Objects inside one object stream.</summary>
    public int MaxObjectsInStream { get; init; } = 200_000;

    /// <summary>Levels of the page tree and of the field tree.</summary>
    public int MaxTreeDepth { get; init; } = 64;

    /// <summary>Nodes visited in the page tree.</summary>
    public int MaxTreeNodes { get; init; } = 500_000;

    /// <summary>Form fields and their widgets. The largest tax forms have some thousands; each costs up to a kilobyte while it is looked at.</summary>
    public int MaxFields { get; init; } = 40_000;

    /// <summary>Characters of all fully qualified field names together: long names deep in a tree multiply.</summary>
    public int MaxFieldNames { get; init; } = 4 << 20;
}
