namespace ESign.Pdf.Composition;

/// <summary>The kinds of cluster that line breaking tells apart.</summary>
internal enum ClusterKind
{
    /// <summary>A Chinese character or sign: lines may break before and after it.</summary>
    Ideograph,

    /// <summary>A run of Latin letters, digits and signs.</summary>
    Word,

    /// <summary>A piece of a word too long for any line: breaks are allowed around it.</summary>
    WordPiece,

    Space,

    /// <summary>A line end that was asked for.</summary>
    NewLine,
}
