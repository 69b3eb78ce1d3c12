namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>What an appearance puts on the page, the more the more of what lies below can no longer be read.</summary>
internal enum Painting
{
    Nothing,

    /// <summary>Thin lines, and areas through which what lies below is seen.</summary>
    Lines,

    /// <summary>Filled areas, and lines as thick as a word.</summary>
    Areas,

    /// <summary>Text, pictures and shadings: content of its own.</summary>
    Pictures,
}
