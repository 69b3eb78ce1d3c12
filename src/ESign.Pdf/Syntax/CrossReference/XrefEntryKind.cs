namespace ESign.Pdf.Syntax.CrossReference;

/// <summary>The three kinds of cross-reference entry.</summary>
internal enum XrefEntryKind : byte
{
    Free,
    InFile,
    InStream,
}
