namespace ESign.Pdf.Content;

/// <summary>In which order the occurrences of a keyword are counted.</summary>
internal enum KeywordOrder
{
    /// <summary>From the first page to the last, on each page as read: line by line as displayed, columns from the right in vertical writing.</summary>
    Forward,

    /// <summary>From the end of the document to its beginning.</summary>
    Reverse,
}
