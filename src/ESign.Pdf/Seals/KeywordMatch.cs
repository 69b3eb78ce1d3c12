namespace ESign.Pdf.Seals;

/// <summary>Which occurrences of a keyword count.</summary>
public sealed record KeywordMatch
{
    private KeywordMatch(IReadOnlyList<int>? indexes, bool isReversed)
    {
        Indexes = indexes;
        IsReversed = isReversed;
    }

    /// <summary>The first occurrence in the document.</summary>
    public static KeywordMatch First { get; } = new([0], false);

    /// <summary>The last occurrence in the document.</summary>
    public static KeywordMatch Last { get; } = new([0], true);

    /// <summary>Every occurrence.</summary>
    public static KeywordMatch All { get; } = new(null, false);

    /// <summary>Zero-based indexes in searching order; <see langword="null"/> for every occurrence.</summary>
    public IReadOnlyList<int>? Indexes { get; }

    /// <summary>Whether occurrences are counted from the end of the document.</summary>
    public bool IsReversed { get; }

    /// <summary>The only page to search, from 1 or negative from the end; all pages when not set.</summary>
    public int? Page { get; init; }

    /// <summary>Whether a missing keyword is no error: the seal is then simply not placed.</summary>
    public bool IgnoreMissing { get; init; }

    /// <summary>Certain occurrences, counted from 0 in the order of the document.</summary>
    /// <param name="indexes">The zero-based indexes.</param>
    /// <returns>The match.</returns>
    public static KeywordMatch At(params int[] indexes) => Create(indexes, false);

    /// <summary>Certain occurrences, counted from 0 from the end of the document.</summary>
    /// <param name="indexes">The zero-based indexes; 0 is the last occurrence.</param>
    /// <returns>The match.</returns>
    public static KeywordMatch FromEnd(params int[] indexes) => Create(indexes, true);

    /// <summary>Every occurrence in reverse order.</summary>
    /// <returns>The match.</returns>
    public static KeywordMatch AllReversed() => new(null, true);

    private static KeywordMatch Create(int[] indexes, bool isReversed)
    {
        ArgumentNullException.ThrowIfNull(indexes);
        if (indexes.Length == 0 || indexes.Any(i => i < 0))
        {
            throw new ArgumentException("关键字序号从 0 开始，至少一个 / Occurrence indexes start from 0, at least one.", nameof(indexes));
        }

        return new KeywordMatch([.. indexes.Distinct()], isReversed);
    }
}
