using ESign.Pdf.Objects;

namespace ESign.Pdf.Seals;

/// <summary>A form XObject in user space coordinates to be drawn over a page.</summary>
internal sealed record PageOverlay(int Page, PdfReference Form);
