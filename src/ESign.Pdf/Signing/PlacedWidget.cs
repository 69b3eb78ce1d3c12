namespace ESign.Pdf.Signing;

/// <summary>Where one piece of a signature stands.</summary>
/// <param name="FieldName">The fully qualified name of its field.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="Displayed">The place as a person sees it.</param>
/// <param name="UserSpace">The place in the page's user space.</param>
public sealed record PlacedWidget(string FieldName, int Page, DisplayedRectangle Displayed, PdfRectangle UserSpace);
