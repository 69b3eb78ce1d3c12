namespace ESign.Pdf.Seals;

/// <summary>Why a placement is refused. The names are stable and appear in JSON answers.</summary>
public enum SealPlacementError
{
    /// <summary>The control would reach over the left or right edge of the displayed page.</summary>
    XOutOfRange,

    /// <summary>The control would reach over the top or bottom edge of the displayed page.</summary>
    YOutOfRange,

    /// <summary>The width or height is not a positive number.</summary>
    InvalidSize,

    /// <summary>The page does not exist.</summary>
    NoSuchPage,

    /// <summary>The selection holds no page of this document.</summary>
    NoPagesSelected,

    /// <summary>The keyword, or that occurrence of it, is not in the document.</summary>
    KeywordNotFound,

    /// <summary>There is no form field of that name, or it has no place on a page.</summary>
    FieldNotFound,

    /// <summary>The control would cover an existing signature.</summary>
    Overlap,

    /// <summary>A cross-page seal needs two pages or more.</summary>
    TooFewPages,
}
