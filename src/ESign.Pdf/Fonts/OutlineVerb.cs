namespace ESign.Pdf.Fonts;

/// <summary>The kinds of path step.</summary>
internal enum OutlineVerb
{
    MoveTo,
    LineTo,
    CurveTo,
    Close,
}
