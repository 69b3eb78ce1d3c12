namespace ESign.Pdf.Seals.Drawing;

/// <summary>An ellipse about the origin measured along its length, so that characters can be spread evenly on it.</summary>
internal sealed class EllipseArc
{
    /// <summary>Chords per ellipse: the length is then right to within 0.001 % for the flattest seal (45 × 30).</summary>
    private const int Steps = 1440;

    private readonly double _radiusX;
    private readonly double _radiusY;
    private readonly double[] _length = new double[Steps + 1];

    public EllipseArc(double radiusX, double radiusY)
    {
        _radiusX = radiusX;
        _radiusY = radiusY;
        PdfPoint previous = At(0);
        for (int i = 1; i <= Steps; i++)
        {
            PdfPoint next = At(i * 2 * Math.PI / Steps);
            _length[i] = _length[i - 1] + Math.Sqrt(Square(next.X - previous.X) + Square(next.Y - previous.Y));
            previous = next;
        }
    }

    /// <summary>The circumference.</summary>
    public double Length => _length[Steps];

    /// <summary>The point a signed distance clockwise from the top, and the direction in which a character there stands (radians, 0 upright, positive leaning left).</summary>
    public (PdfPoint Point, double Lean) FromTop(double distance)
    {
        double wanted = ((distance % Length) + Length) % Length;
        int index = Array.BinarySearch(_length, wanted);
        int upper = Math.Clamp(index >= 0 ? index : ~index, 1, Steps);
        double part = (wanted - _length[upper - 1]) / (_length[upper] - _length[upper - 1]);
        double angle = (upper - 1 + part) * 2 * Math.PI / Steps;
        PdfPoint point = At(angle);

        // The outward normal of x²/a² + y²/b² = 1 is (x/a², y/b²).
        double normal = Math.Atan2(point.Y / Square(_radiusY), point.X / Square(_radiusX));
        return (point, normal - (Math.PI / 2));
    }

    private static double Square(double value) => value * value;

    /// <summary>The parameter runs clockwise from the top.</summary>
    private PdfPoint At(double angle) => new(_radiusX * Math.Sin(angle), _radiusY * Math.Cos(angle));
}
