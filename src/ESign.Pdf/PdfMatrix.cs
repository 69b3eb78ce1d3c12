using ESign.Pdf.Objects;

namespace ESign.Pdf;

/// <summary>A transformation matrix [a b c d e f] acting on row vectors: x' = a·x + c·y + e, y' = b·x + d·y + f.</summary>
/// <remarks>ISO 32000-2 §8.3.3 and §8.3.4.</remarks>
internal readonly record struct PdfMatrix(double A, double B, double C, double D, double E, double F)
{
    public static PdfMatrix Identity { get; } = new(1, 0, 0, 1, 0, 0);

    public static PdfMatrix Translation(double x, double y) => new(1, 0, 0, 1, x, y);

    public static PdfMatrix Scaling(double x, double y) => new(x, 0, 0, y, 0, 0);

    /// <summary>A rotation about the origin, counter-clockwise where y points up.</summary>
    public static PdfMatrix Rotation(double radians)
    {
        (double sin, double cos) = Math.SinCos(radians);
        return new PdfMatrix(cos, sin, -sin, cos, 0, 0);
    }

    /// <summary>The matrix that applies this one first and <paramref name="next"/> after it.</summary>
    public PdfMatrix Then(PdfMatrix next) => new(
        (A * next.A) + (B * next.C),
        (A * next.B) + (B * next.D),
        (C * next.A) + (D * next.C),
        (C * next.B) + (D * next.D),
        (E * next.A) + (F * next.C) + next.E,
        (E * next.B) + (F * next.D) + next.F);

    public PdfPoint Apply(PdfPoint point) => new((A * point.X) + (C * point.Y) + E, (B * point.X) + (D * point.Y) + F);

    /// <summary>The smallest upright rectangle around a transformed rectangle.</summary>
    public PdfRectangle Apply(PdfRectangle rectangle)
    {
        PdfPoint a = Apply(new PdfPoint(rectangle.Left, rectangle.Bottom));
        PdfPoint b = Apply(new PdfPoint(rectangle.Right, rectangle.Bottom));
        PdfPoint c = Apply(new PdfPoint(rectangle.Left, rectangle.Top));
        PdfPoint d = Apply(new PdfPoint(rectangle.Right, rectangle.Top));
        return new PdfRectangle(
            Math.Min(Math.Min(a.X, b.X), Math.Min(c.X, d.X)),
            Math.Min(Math.Min(a.Y, b.Y), Math.Min(c.Y, d.Y)),
            Math.Max(Math.Max(a.X, b.X), Math.Max(c.X, d.X)),
            Math.Max(Math.Max(a.Y, b.Y), Math.Max(c.Y, d.Y)));
    }

    public PdfArray ToArray() => new(A, B, C, D, E, F);
}
