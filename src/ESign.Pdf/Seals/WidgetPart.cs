namespace ESign.Pdf.Seals;

/// <summary>An appearance in a box of a widget: scaled to fit with its ratio kept and centred, or stretched to fill.</summary>
internal sealed record WidgetPart(Appearance Appearance, PdfRectangle Box, bool Fill = false)
{
    /// <summary>The matrix from the appearance's own box into the widget's.</summary>
    public PdfMatrix Matrix()
    {
        double x = Box.Width / Appearance.Width;
        double y = Box.Height / Appearance.Height;
        if (!Fill)
        {
            x = y = Math.Min(x, y);
        }

        return new PdfMatrix(
            x, 0, 0, y, Box.Left + ((Box.Width - (Appearance.Width * x)) / 2), Box.Bottom + ((Box.Height - (Appearance.Height * y)) / 2));
    }
}
