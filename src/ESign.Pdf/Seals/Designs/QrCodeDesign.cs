using ESign.Pdf.Fonts;
using ESign.Pdf.Seals.Drawing;
using QRCoder;

namespace ESign.Pdf.Seals.Designs;

/// <summary>A QR code (ISO/IEC 18004), error correction level M, four modules of quiet zone, drawn as rectangles.</summary>
internal sealed record QrCodeDesign(string Content) : SealDesign
{
    private const double SideMillimeters = 20;

    internal override string AlternateText => Content;

    internal override ControlSize DefaultSize => new(Length.FromMillimeters(SideMillimeters).Points, Length.FromMillimeters(SideMillimeters).Points);

    internal override VectorDrawing Draw(TrueTypeFont font)
    {
        using QRCodeData code = QRCodeGenerator.GenerateQrCode(Content, QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        int count = code.ModuleMatrix.Count;
        double side = Length.FromMillimeters(SideMillimeters).Points;
        double module = side / count;
        var path = new VectorPath();
        for (int row = 0; row < count; row++)
        {
            double top = side - (row * module);
            for (int column = 0; column < count; column++)
            {
                int start = column;
                while (column < count && code.ModuleMatrix[row][column])
                {
                    column++;
                }

                if (column > start)
                {
                    path.Add(VectorPath.Rectangle(start * module, top - module, column * module, top));
                }
            }
        }

        return new VectorDrawing(side, side, [new PaintedPath(path, Color)]);
    }
}
