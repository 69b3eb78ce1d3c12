namespace ESign.Pdf.Seals;

/// <summary>Where a line of text stands in its control.</summary>
public enum HorizontalAlignment
{
    /// <summary>At the left side.</summary>
    Left,

    /// <summary>In the middle.</summary>
    Center,

    /// <summary>At the right side.</summary>
    Right,
}
