namespace ESign.Pdf.Fonts;

/// <summary>Reads one glyph's contours and turns its quadratic splines into cubic ones.</summary>
/// <remarks>
/// OpenType 1.9, glyf, "Simple glyph description": between two off-curve points lies an implied on-curve point.
/// The cubic with the same shape as a quadratic q0 q1 q2 has its control points at q0 + ⅔(q1 − q0) and q2 + ⅔(q1 − q2).
/// </remarks>
internal sealed class OutlineReader(GlyphTable glyphs, int unitsPerEm)
{
    /// <summary>A generous multiple of the largest real glyphs (a few thousand points).</summary>
    private const int MaximumPoints = 65_536;

    private readonly List<OutlineSegment> _segments = [];
    private int _points;
    private int _components;

    public GlyphOutline Read(int glyph, double advance)
    {
        Add(glyph, (1, 0, 0, 1, 0, 0), depth: 0);
        return new GlyphOutline(_segments, advance, Bounds());
    }

    private void Add(int glyph, (double A, double B, double C, double D, double X, double Y) transform, int depth)
    {
        if (depth > GlyphTable.MaximumDepth || ++_components > GlyphTable.MaximumComponents)
        {
            throw FontTable.Error($"composite glyph {glyph} is nested too deeply or has too many components");
        }

        FontTable description = glyphs.Glyph(glyph);
        if (description.Length == 0)
        {
            return;
        }

        int contours = description.I16(0);
        if (contours >= 0)
        {
            AddContours(description, contours, transform);
            return;
        }

        foreach (GlyphComponent component in GlyphTable.Components(description))
        {
            (double a, double b, double c, double d, double x, double y) = component.Transform;
            Add(component.Glyph, (
                (transform.A * a) + (transform.C * b),
                (transform.B * a) + (transform.D * b),
                (transform.A * c) + (transform.C * d),
                (transform.B * c) + (transform.D * d),
                (transform.A * x) + (transform.C * y) + transform.X,
                (transform.B * x) + (transform.D * y) + transform.Y), depth + 1);
        }
    }

    private void AddContours(FontTable description, int contours, (double A, double B, double C, double D, double X, double Y) transform)
    {
        int points = contours == 0 ? 0 : description.U16(10 + (2L * (contours - 1))) + 1;
        _points += points;
        if (_points > MaximumPoints)
        {
            throw FontTable.Error($"a glyph has more than {MaximumPoints} points");
        }

        (bool OnCurve, PdfPoint At)[] all = ReadPoints(description, contours, points, transform);
        int first = 0;
        for (int contour = 0; contour < contours; contour++)
        {
            int last = description.U16(10 + (2L * contour));
            if (last < first || last >= points)
            {
                throw FontTable.Error($"contour {contour} ends at point {last}, before it starts or after the last of {points}");
            }

            AddContour(all.AsSpan(first, last - first + 1));
            first = last + 1;
        }
    }

    private (bool OnCurve, PdfPoint At)[] ReadPoints(FontTable description, int contours, int points, (double A, double B, double C, double D, double X, double Y) transform)
    {
        const int OnCurve = 0x01;
        const int Repeat = 0x08;
        long offset = 10 + (2L * contours);
        offset += 2 + (long)description.U16(offset); // instructions
        byte[] flags = new byte[points];
        for (int i = 0; i < points; i++)
        {
            byte flag = description.U8(offset++);
            flags[i] = flag;
            for (int repeat = (flag & Repeat) != 0 ? description.U8(offset++) : 0; repeat > 0 && i + 1 < points; repeat--)
            {
                flags[++i] = flag;
            }
        }

        double[] xs = ReadCoordinates(description, ref offset, flags, isShort: 0x02, isSameOrPositive: 0x10);
        double[] ys = ReadCoordinates(description, ref offset, flags, isShort: 0x04, isSameOrPositive: 0x20);
        var all = new (bool, PdfPoint)[points];
        for (int i = 0; i < points; i++)
        {
            double x = (transform.A * xs[i]) + (transform.C * ys[i]) + transform.X;
            double y = (transform.B * xs[i]) + (transform.D * ys[i]) + transform.Y;
            all[i] = ((flags[i] & OnCurve) != 0, new PdfPoint(x / unitsPerEm, y / unitsPerEm));
        }

        return all;
    }

    private static double[] ReadCoordinates(FontTable description, ref long offset, byte[] flags, int isShort, int isSameOrPositive)
    {
        double[] values = new double[flags.Length];
        double value = 0;
        for (int i = 0; i < flags.Length; i++)
        {
            bool sameOrPositive = (flags[i] & isSameOrPositive) != 0;
            if ((flags[i] & isShort) != 0)
            {
                value += sameOrPositive ? description.U8(offset) : -description.U8(offset);
                offset++;
            }
            else if (!sameOrPositive)
            {
                value += description.I16(offset);
                offset += 2;
            }

            values[i] = value;
        }

        return values;
    }

    private void AddContour(ReadOnlySpan<(bool OnCurve, PdfPoint At)> points)
    {
        if (points.Length < 2)
        {
            return; // an anchor for composites, no ink
        }

        // Start on the curve: at the first such point, or half-way between two that are off it.
        int start = 0;
        while (start < points.Length && !points[start].OnCurve)
        {
            start++;
        }

        bool none = start == points.Length;
        PdfPoint origin = none ? Middle(points[^1].At, points[0].At) : points[start].At;
        int next = none ? 0 : start + 1;
        int steps = none ? points.Length : points.Length - 1;
        _segments.Add(new OutlineSegment(OutlineVerb.MoveTo, origin, default, default));
        PdfPoint current = origin;
        PdfPoint? control = null;
        for (int i = 0; i < steps; i++)
        {
            (bool onCurve, PdfPoint at) = points[(next + i) % points.Length];
            if (control is { } pending)
            {
                PdfPoint end = onCurve ? at : Middle(pending, at);
                current = Curve(current, pending, end);
                control = onCurve ? null : at;
            }
            else if (onCurve)
            {
                _segments.Add(new OutlineSegment(OutlineVerb.LineTo, at, default, default));
                current = at;
            }
            else
            {
                control = at;
            }
        }

        if (control is { } last)
        {
            Curve(current, last, origin);
        }

        _segments.Add(new OutlineSegment(OutlineVerb.Close, default, default, default));
    }

    private PdfPoint Curve(PdfPoint from, PdfPoint control, PdfPoint to)
    {
        _segments.Add(new OutlineSegment(OutlineVerb.CurveTo, TwoThirds(from, control), TwoThirds(to, control), to));
        return to;
    }

    private static PdfPoint TwoThirds(PdfPoint from, PdfPoint to) =>
        new(from.X + ((to.X - from.X) * 2 / 3), from.Y + ((to.Y - from.Y) * 2 / 3));

    private static PdfPoint Middle(PdfPoint a, PdfPoint b) => new((a.X + b.X) / 2, (a.Y + b.Y) / 2);

    private PdfRectangle Bounds()
    {
        double left = double.MaxValue, bottom = double.MaxValue, right = double.MinValue, top = double.MinValue;
        foreach (OutlineSegment segment in _segments)
        {
            ReadOnlySpan<PdfPoint> points = segment.Verb switch
            {
                OutlineVerb.CurveTo => [segment.P1, segment.P2, segment.P3],
                OutlineVerb.Close => [],
                _ => [segment.P1],
            };
            foreach (PdfPoint point in points)
            {
                (left, right) = (Math.Min(left, point.X), Math.Max(right, point.X));
                (bottom, top) = (Math.Min(bottom, point.Y), Math.Max(top, point.Y));
            }
        }

        return left > right ? default : new PdfRectangle(left, bottom, right, top);
    }
}
