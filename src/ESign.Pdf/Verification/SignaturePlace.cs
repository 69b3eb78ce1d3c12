namespace ESign.Pdf.Verification;

/// <summary>Where a signature is shown.</summary>
/// <param name="FieldName">The fully qualified field name.</param>
/// <param name="Page">The page, 1 for the first; <see langword="null"/> when the widget is on no page.</param>
/// <param name="Rectangle">The widget's rectangle in user space; <see langword="null"/> when there is none. Of no area for an invisible signature.</param>
public sealed record SignaturePlace(string FieldName, int? Page, PdfRectangle? Rectangle);
