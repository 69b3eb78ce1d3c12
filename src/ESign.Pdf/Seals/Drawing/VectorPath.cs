namespace ESign.Pdf.Seals.Drawing;

/// <summary>A path of lines and cubic Bézier curves, y up.</summary>
/// <remarks>The same four operators as PDF content streams (ISO 32000-2 §8.5.2) and SVG path data.</remarks>
internal sealed class VectorPath
{
    /// <summary>The distance of the control points that makes a cubic curve follow a quarter circle within 0.03 %.</summary>
    private const double QuarterCircle = 0.5522847498;

    private readonly List<PathSegment> _segments = [];

    public IReadOnlyList<PathSegment> Segments => _segments;

    public bool IsEmpty => _segments.Count == 0;

    public static VectorPath Rectangle(double left, double bottom, double right, double top) => new VectorPath()
        .MoveTo(left, bottom).LineTo(right, bottom).LineTo(right, top).LineTo(left, top).Close();

    public static VectorPath Ellipse(double x, double y, double radiusX, double radiusY)
    {
        double kx = radiusX * QuarterCircle;
        double ky = radiusY * QuarterCircle;
        return new VectorPath()
            .MoveTo(x + radiusX, y)
            .CurveTo(x + radiusX, y + ky, x + kx, y + radiusY, x, y + radiusY)
            .CurveTo(x - kx, y + radiusY, x - radiusX, y + ky, x - radiusX, y)
            .CurveTo(x - radiusX, y - ky, x - kx, y - radiusY, x, y - radiusY)
            .CurveTo(x + kx, y - radiusY, x + radiusX, y - ky, x + radiusX, y)
            .Close();
    }

    /// <summary>A five-point star with one point up, its points on a circle of the given radius.</summary>
    public static VectorPath Star(double x, double y, double radius)
    {
        // The inner corners of a regular pentagram lie at 1/φ² of the radius.
        double inner = radius * (3 - Math.Sqrt(5)) / 2;
        var path = new VectorPath();
        for (int i = 0; i < 10; i++)
        {
            double r = i % 2 == 0 ? radius : inner;
            (double sin, double cos) = Math.SinCos(i * Math.PI / 5);
            _ = i == 0 ? path.MoveTo(x, y + r) : path.LineTo(x + (r * sin), y + (r * cos));
        }

        return path.Close();
    }

    public VectorPath MoveTo(double x, double y) => Append(PathVerb.Move, default, default, new PdfPoint(x, y));

    public VectorPath LineTo(double x, double y) => Append(PathVerb.Line, default, default, new PdfPoint(x, y));

    public VectorPath CurveTo(double x1, double y1, double x2, double y2, double x3, double y3) =>
        Append(PathVerb.Curve, new PdfPoint(x1, y1), new PdfPoint(x2, y2), new PdfPoint(x3, y3));

    public VectorPath Close() => Append(PathVerb.Close, default, default, default);

    /// <summary>Appends another path as further subpaths.</summary>
    public VectorPath Add(VectorPath other)
    {
        _segments.AddRange(other._segments);
        return this;
    }

    /// <summary>Appends one segment.</summary>
    public VectorPath Append(PathSegment segment)
    {
        _segments.Add(segment);
        return this;
    }

    /// <summary>A transformed copy.</summary>
    public VectorPath Transform(PdfMatrix matrix)
    {
        var copy = new VectorPath();
        foreach (PathSegment s in _segments)
        {
            copy.Append(s.Verb, matrix.Apply(s.Control1), matrix.Apply(s.Control2), matrix.Apply(s.End));
        }

        return copy;
    }

    /// <summary>The box around all points, control points included.</summary>
    public PdfRectangle Bounds()
    {
        double left = double.MaxValue, bottom = double.MaxValue, right = double.MinValue, top = double.MinValue;
        foreach (PathSegment s in _segments)
        {
            if (s.Verb == PathVerb.Close)
            {
                continue;
            }

            Include(s.End);
            if (s.Verb == PathVerb.Curve)
            {
                Include(s.Control1);
                Include(s.Control2);
            }
        }

        return left > right ? default : new PdfRectangle(left, bottom, right, top);

        void Include(PdfPoint p)
        {
            left = Math.Min(left, p.X);
            bottom = Math.Min(bottom, p.Y);
            right = Math.Max(right, p.X);
            top = Math.Max(top, p.Y);
        }
    }

    private VectorPath Append(PathVerb verb, PdfPoint control1, PdfPoint control2, PdfPoint end) => Append(new PathSegment(verb, control1, control2, end));
}
