namespace ESign.Pdf.Seals;

/// <summary>Where a control stands relative to a keyword, before its offsets.</summary>
public enum Relative
{
    /// <summary>Its centre on the keyword's centre (居中).</summary>
    Middle,

    /// <summary>Directly below, centred (正下方).</summary>
    Below,

    /// <summary>Directly to the right, centred in height (正右方).</summary>
    Right,

    /// <summary>Its upper left corner at the keyword's lower right one (右下角).</summary>
    LowerRight,

    /// <summary>Its lower left corner at the keyword's upper right one (右上角).</summary>
    UpperRight,
}
