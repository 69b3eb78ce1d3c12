namespace ESign.Pdf.Seals;

/// <summary>An edge of the displayed page.</summary>
public enum PageEdge
{
    /// <summary>The right edge, where cross-page seals usually go.</summary>
    Right,

    /// <summary>The left edge.</summary>
    Left,

    /// <summary>The top edge.</summary>
    Top,

    /// <summary>The bottom edge.</summary>
    Bottom,
}
