namespace ESign.Pdf.Content;

/// <summary>What to look for: a keyword, and how its occurrences are chosen and counted.</summary>
/// <remarks>
/// Full-width and half-width forms and CJK compatibility characters match one another; upper and lower case do not.
/// Spaces count only between letters or digits of scripts that separate words by spaces. A keyword written
/// <c>^甲方签署^</c> matches whole words only: no other character touches it.
/// </remarks>
internal sealed record KeywordQuery
{
    /// <summary>The keyword; between two <c>^</c> it is a whole word.</summary>
    public required string Text { get; init; }

    /// <summary>Whether only whole words match, as if the text stood between two <c>^</c>.</summary>
    public bool WholeWord { get; init; }

    /// <summary>The only page to search, from 1, negative from the end; <see langword="null"/> searches all.</summary>
    public int? Page { get; init; }

    /// <summary>The order in which occurrences are listed; index 0 is the first of that order.</summary>
    public KeywordOrder Order { get; init; } = KeywordOrder.Forward;
}
