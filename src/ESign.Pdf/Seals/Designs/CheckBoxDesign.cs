using ESign.Pdf.Fonts;
using ESign.Pdf.Seals.Drawing;

namespace ESign.Pdf.Seals.Designs;

/// <summary>A box, ticked or not, as large as its control allows.</summary>
internal sealed record CheckBoxDesign(bool IsChecked) : SealDesign
{
    private const double Side = 14;

    internal override ControlSize DefaultSize => new(Side, Side);

    internal override string AlternateText => IsChecked ? "☑" : "☐";

    internal override VectorDrawing Draw(TrueTypeFont font)
    {
        var paths = new List<PaintedPath>
        {
            new(VectorPath.Rectangle(1.5, 1.5, Side - 1.5, Side - 1.5), Color, 0.8, IsFilled: false),
        };
        if (IsChecked)
        {
            paths.Add(new PaintedPath(new VectorPath().MoveTo(3.6, 7.4).LineTo(6.2, 4.2).LineTo(10.6, 10.4), Color, 1.4, IsFilled: false));
        }

        return new VectorDrawing(Side, Side, paths);
    }
}
