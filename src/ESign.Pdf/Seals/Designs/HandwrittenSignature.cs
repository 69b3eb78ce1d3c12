using ESign.Pdf.Fonts;
using ESign.Pdf.Seals.Drawing;

namespace ESign.Pdf.Seals.Designs;

/// <summary>Pen strokes as smooth curves whose width follows pressure, or speed where there is no pressure.</summary>
internal sealed record HandwrittenSignature(IReadOnlyList<IReadOnlyList<StrokePoint>> Strokes, string Signer) : SealDesign
{
    /// <summary>More than a minute of signing at 200 points a second.</summary>
    private const int MaximumPoints = 20_000;

    private const double ThinnestLine = 0.8;
    private const double ThickestLine = 2.2;

    /// <summary>Line widths come in steps, so that neighbouring pieces of equal width share one path.</summary>
    private const double WidthStep = 0.2;

    internal override string AlternateText => Signer.Length > 0 ? $"{Signer} 手写签名" : "手写签名";

    /// <summary>Refuses what cannot be a signature; drops repeated points.</summary>
    public static IReadOnlyList<IReadOnlyList<StrokePoint>> Check(IReadOnlyList<IReadOnlyList<StrokePoint>> strokes)
    {
        ArgumentNullException.ThrowIfNull(strokes);
        var kept = new List<IReadOnlyList<StrokePoint>>();
        int count = 0;
        foreach (IReadOnlyList<StrokePoint> stroke in strokes)
        {
            var points = new List<StrokePoint>(stroke.Count);
            foreach (StrokePoint point in stroke)
            {
                if (!double.IsFinite(point.X) || !double.IsFinite(point.Y) || ++count > MaximumPoints)
                {
                    throw new ArgumentException($"签名笔迹无效：坐标应为有限数，且最多 {MaximumPoints} 个点 / Invalid strokes: coordinates must be finite and at most {MaximumPoints} points.", nameof(strokes));
                }

                if (points.Count == 0 || points[^1].X != point.X || points[^1].Y != point.Y)
                {
                    points.Add(point);
                }
            }

            if (points.Count > 0)
            {
                kept.Add(points);
            }
        }

        return kept.Count > 0 ? kept : throw new ArgumentException("签名笔迹为空 / The signature has no strokes.", nameof(strokes));
    }

    internal override ControlSize DefaultSize => ControlSize.Signature;

    internal override VectorDrawing Draw(TrueTypeFont font)
    {
        IEnumerable<StrokePoint> all = Strokes.SelectMany(s => s);
        double left = all.Min(p => p.X), right = all.Max(p => p.X), top = all.Min(p => p.Y), bottom = all.Max(p => p.Y);
        double room = ThickestLine;
        double scale = Math.Min((ControlSize.Signature.Width - room) / Math.Max(right - left, 1e-6), (ControlSize.Signature.Height - room) / Math.Max(bottom - top, 1e-6));
        double width = ((right - left) * scale) + room;
        double height = ((bottom - top) * scale) + room;
        var paths = new List<PaintedPath>();
        foreach (IReadOnlyList<StrokePoint> stroke in Strokes)
        {
            StrokePoint[] points = [.. stroke.Select(p => p with
            {
                X = ((p.X - left) * scale) + (room / 2),
                Y = ((bottom - p.Y) * scale) + (room / 2),
            })];
            AddStroke(points, paths);
        }

        return new VectorDrawing(width, height, paths);
    }

    private void AddStroke(StrokePoint[] points, List<PaintedPath> paths)
    {
        if (points.Length == 1)
        {
            double radius = (ThinnestLine + ThickestLine) / 4;
            paths.Add(new PaintedPath(VectorPath.Ellipse(points[0].X, points[0].Y, radius, radius), Color));
            return;
        }

        double[] widths = Widths(points);
        VectorPath? path = null;
        double current = 0;
        for (int i = 0; i + 1 < points.Length; i++)
        {
            double width = Math.Round((widths[i] + widths[i + 1]) / 2 / WidthStep) * WidthStep;
            if (path is null || Math.Abs(width - current) > WidthStep / 2)
            {
                path = new VectorPath().MoveTo(points[i].X, points[i].Y);
                current = width;
                paths.Add(new PaintedPath(path, Color, width, IsFilled: false));
            }

            AddCurve(path, points, i);
        }
    }

    /// <summary>The piece from point i to the next of the Catmull-Rom spline through all points, as a Bézier curve.</summary>
    private static void AddCurve(VectorPath path, StrokePoint[] points, int i)
    {
        StrokePoint p0 = points[Math.Max(i - 1, 0)];
        StrokePoint p1 = points[i];
        StrokePoint p2 = points[i + 1];
        StrokePoint p3 = points[Math.Min(i + 2, points.Length - 1)];
        path.CurveTo(
            p1.X + ((p2.X - p0.X) / 6), p1.Y + ((p2.Y - p0.Y) / 6),
            p2.X - ((p3.X - p1.X) / 6), p2.Y - ((p3.Y - p1.Y) / 6),
            p2.X, p2.Y);
    }

    private static double[] Widths(StrokePoint[] points)
    {
        double[] widths = new double[points.Length];
        double typical = points.Length > 1 ? Enumerable.Range(1, points.Length - 1).Average(i => Speed(points, i)) : 0;
        for (int i = 0; i < points.Length; i++)
        {
            double force = points[i].Pressure is { } pressure
                ? Math.Clamp(pressure, 0, 1)
                : 1 / (1 + (typical > 0 ? Speed(points, Math.Max(i, 1)) / typical : 1));
            widths[i] = ThinnestLine + ((ThickestLine - ThinnestLine) * force);
        }

        // Three-point mean, twice: a hand does not change its force from one sample to the next.
        for (int pass = 0; pass < 2; pass++)
        {
            double before = widths[0];
            for (int i = 1; i + 1 < widths.Length; i++)
            {
                (before, widths[i]) = (widths[i], (before + widths[i] + widths[i + 1]) / 3);
            }
        }

        return widths;
    }

    private static double Speed(StrokePoint[] points, int i)
    {
        double distance = Math.Sqrt(Math.Pow(points[i].X - points[i - 1].X, 2) + Math.Pow(points[i].Y - points[i - 1].Y, 2));
        double time = points[i].Milliseconds - points[i - 1].Milliseconds is { } elapsed and > 0 ? elapsed : 1;
        return distance / time;
    }
}
