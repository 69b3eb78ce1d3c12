namespace ESign.Pdf.Content;

/// <summary>One occurrence of a keyword.</summary>
/// <param name="Page">The page, from 1.</param>
/// <param name="Text">The text as the page has it; it may differ from the keyword in width forms and spaces.</param>
/// <param name="Displayed">Where a person sees it: origin at the top-left of the displayed page, y down.</param>
/// <param name="UserSpace">The same box in the page's default user space.</param>
public sealed record TextMatch(int Page, string Text, DisplayedRectangle Displayed, PdfRectangle UserSpace);
