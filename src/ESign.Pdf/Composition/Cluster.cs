namespace ESign.Pdf.Composition;

/// <summary>What a line never breaks inside: a Chinese character, a Latin word, a dash or ellipsis of two characters.</summary>
/// <param name="Text">The characters.</param>
/// <param name="Style">Their style.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Width">The width in points.</param>
/// <param name="TrimLeft">The empty left half of a full-width opening bracket or quotation mark, in points; else 0.</param>
/// <param name="TrimRight">The empty right half of full-width closing punctuation, in points; else 0.</param>
internal readonly record struct Cluster(string Text, TextStyle Style, ClusterKind Kind, double Width, double TrimLeft, double TrimRight);
