namespace ESign.Pdf.Seals.Placing;

/// <summary>Where a field's widget lies: its page from 1, and its rectangle in user space.</summary>
internal sealed record FieldPlace(int Page, PdfRectangle Rectangle);
