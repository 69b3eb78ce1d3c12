namespace ESign.Pdf.Seals.Placing;

/// <summary>An occurrence of a text: its page from 1, and its box as displayed.</summary>
internal readonly record struct KeywordBox(int Page, DisplayedRectangle Box);
