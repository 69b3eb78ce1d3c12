namespace ESign.Pdf.Document;

/// <summary>One marked content of a form XObject, as the structure tree describes it (ISO 32000-2 §14.8.4).</summary>
/// <param name="Role">Its structure type: <c>P</c> for text, <c>Figure</c> for a picture.</param>
/// <param name="AlternateText">What a figure says.</param>
/// <param name="Box">Where a figure stands in the page's user space (§14.8.5.4.3).</param>
internal sealed record MarkedPart(string Role, string? AlternateText = null, PdfRectangle? Box = null);
