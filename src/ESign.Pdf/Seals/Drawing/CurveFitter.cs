namespace ESign.Pdf.Seals.Drawing;

/// <summary>Draws the same outline with fewer curves: the pieces into which a font maker cut a stroke become one again.</summary>
/// <remarks>
/// TrueType outlines are quadratic; a stroke drawn as one cubic curve comes as two to four pieces. Runs of pieces that join without a
/// corner are fitted by least squares (P. J. Schneider, "An Algorithm for Automatically Fitting Digitized Curves", Graphics Gems, 1990)
/// and replaced where no sampled point moves by more than the tolerance.
/// </remarks>
internal static class CurveFitter
{
    /// <summary>No stroke of a character is cut into more pieces.</summary>
    private const int LongestRun = 8;

    private const int SamplesOfPiece = 6;

    /// <summary>Pieces join without a corner below this sine of the angle between them: 5 degrees.</summary>
    private const double Corner = 0.09;

    /// <summary>A path of which runs of curves are one.</summary>
    /// <param name="path">The path.</param>
    /// <param name="tolerance">How far the outline may move, in the path's own unit.</param>
    public static VectorPath Simplify(VectorPath path, double tolerance)
    {
        var simpler = new VectorPath();
        PdfPoint at = default;
        IReadOnlyList<PathSegment> segments = path.Segments;
        for (int i = 0; i < segments.Count;)
        {
            PathSegment segment = segments[i];
            if (segment.Verb != PathVerb.Curve)
            {
                simpler.Append(segment);
                at = segment.Verb == PathVerb.Close ? at : segment.End;
                i++;
                continue;
            }

            (PathSegment joined, int taken) = LongestFit(segments, i, at, tolerance);
            simpler.Append(joined);
            at = joined.End;
            i += taken;
        }

        return simpler;
    }

    private static (PathSegment Joined, int Taken) LongestFit(IReadOnlyList<PathSegment> segments, int first, PdfPoint start, double tolerance)
    {
        (PathSegment Joined, int Taken) best = (segments[first], 1);
        for (int count = 2; count <= LongestRun && first + count <= segments.Count; count++)
        {
            PathSegment previous = segments[first + count - 2];
            PathSegment next = segments[first + count - 1];
            if (next.Verb != PathVerb.Curve || !IsSmooth(previous, next) || Fit(segments, first, count, start, tolerance) is not { } fitted)
            {
                break;
            }

            best = (fitted, count);
        }

        return best;
    }

    private static bool IsSmooth(PathSegment before, PathSegment after)
    {
        (double x1, double y1) = Unit(before.Control2, before.End);
        (double x2, double y2) = Unit(before.End, after.Control1);
        return (x1 * x2) + (y1 * y2) > 0 && Math.Abs((x1 * y2) - (y1 * x2)) < Corner;
    }

    private static PathSegment? Fit(IReadOnlyList<PathSegment> segments, int first, int count, PdfPoint start, double tolerance)
    {
        Span<PdfPoint> samples = stackalloc PdfPoint[LongestRun * SamplesOfPiece];
        samples = samples[..(count * SamplesOfPiece)];
        PdfPoint from = start;
        for (int i = 0; i < count; i++)
        {
            PathSegment piece = segments[first + i];
            for (int k = 1; k <= SamplesOfPiece; k++)
            {
                samples[(i * SamplesOfPiece) + k - 1] = PointAt(from, piece, (double)k / SamplesOfPiece);
            }

            from = piece.End;
        }

        PathSegment last = segments[first + count - 1];
        (double X, double Y) leave = Unit(start, segments[first].Control1);
        (double X, double Y) arrive = Unit(last.End, last.Control2);
        if ((leave.X * -arrive.X) + (leave.Y * -arrive.Y) < 0)
        {
            return null; // turned by more than a right angle: one cubic would bulge
        }

        Span<double> parameters = stackalloc double[samples.Length];
        ByLength(start, samples, parameters);
        PathSegment fitted = Solve(start, last.End, leave, arrive, samples, parameters);
        for (int pass = 0; pass < 3; pass++)
        {
            Refine(start, fitted, samples, parameters);
            fitted = Solve(start, last.End, leave, arrive, samples, parameters);
        }

        Refine(start, fitted, samples, parameters);
        for (int i = 0; i < samples.Length; i++)
        {
            if (Distance(PointAt(start, fitted, parameters[i]), samples[i]) > tolerance)
            {
                return null;
            }
        }

        return fitted;
    }

    /// <summary>The lengths of the two handles that bring the curve nearest to the samples.</summary>
    private static PathSegment Solve(PdfPoint start, PdfPoint end, (double X, double Y) leave, (double X, double Y) arrive, ReadOnlySpan<PdfPoint> samples, ReadOnlySpan<double> parameters)
    {
        double c00 = 0, c01 = 0, c11 = 0, x0 = 0, x1 = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            double t = parameters[i];
            double u = 1 - t;
            double b1 = 3 * t * u * u;
            double b2 = 3 * t * t * u;
            double ends = (u * u * u) + b1;
            double restX = samples[i].X - (start.X * ends) - (end.X * (1 - ends));
            double restY = samples[i].Y - (start.Y * ends) - (end.Y * (1 - ends));
            c00 += b1 * b1;
            c01 += b1 * b2 * ((leave.X * arrive.X) + (leave.Y * arrive.Y));
            c11 += b2 * b2;
            x0 += b1 * ((leave.X * restX) + (leave.Y * restY));
            x1 += b2 * ((arrive.X * restX) + (arrive.Y * restY));
        }

        double determinant = (c00 * c11) - (c01 * c01);
        double chord = Distance(start, end) / 3;
        double first = Math.Abs(determinant) < 1e-12 ? chord : ((x0 * c11) - (x1 * c01)) / determinant;
        double second = Math.Abs(determinant) < 1e-12 ? chord : ((c00 * x1) - (c01 * x0)) / determinant;
        first = first > 0 ? first : chord;
        second = second > 0 ? second : chord;
        return new PathSegment(
            PathVerb.Curve,
            new PdfPoint(start.X + (leave.X * first), start.Y + (leave.Y * first)),
            new PdfPoint(end.X + (arrive.X * second), end.Y + (arrive.Y * second)),
            end);
    }

    private static void ByLength(PdfPoint start, ReadOnlySpan<PdfPoint> samples, Span<double> parameters)
    {
        double length = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            length += Distance(i == 0 ? start : samples[i - 1], samples[i]);
            parameters[i] = length;
        }

        for (int i = 0; i < samples.Length; i++)
        {
            parameters[i] = length > 0 ? parameters[i] / length : 1;
        }
    }

    /// <summary>One step of Newton's method moves each parameter to where the curve is nearest its sample.</summary>
    private static void Refine(PdfPoint start, PathSegment curve, ReadOnlySpan<PdfPoint> samples, Span<double> parameters)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            double t = parameters[i];
            double u = 1 - t;
            PdfPoint at = PointAt(start, curve, t);
            double dx = 3 * ((u * u * (curve.Control1.X - start.X)) + (2 * u * t * (curve.Control2.X - curve.Control1.X)) + (t * t * (curve.End.X - curve.Control2.X)));
            double dy = 3 * ((u * u * (curve.Control1.Y - start.Y)) + (2 * u * t * (curve.Control2.Y - curve.Control1.Y)) + (t * t * (curve.End.Y - curve.Control2.Y)));
            double slope = (dx * dx) + (dy * dy);
            if (slope > 1e-12)
            {
                parameters[i] = Math.Clamp(t - ((((at.X - samples[i].X) * dx) + ((at.Y - samples[i].Y) * dy)) / slope), 0, 1);
            }
        }
    }

    private static PdfPoint PointAt(PdfPoint start, PathSegment curve, double t)
    {
        double u = 1 - t;
        double a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
        return new PdfPoint(
            (a * start.X) + (b * curve.Control1.X) + (c * curve.Control2.X) + (d * curve.End.X),
            (a * start.Y) + (b * curve.Control1.Y) + (c * curve.Control2.Y) + (d * curve.End.Y));
    }

    private static (double X, double Y) Unit(PdfPoint from, PdfPoint to)
    {
        double length = Distance(from, to);
        return length < 1e-9 ? (0, 0) : ((to.X - from.X) / length, (to.Y - from.Y) / length);
    }

    private static double Distance(PdfPoint a, PdfPoint b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
}
