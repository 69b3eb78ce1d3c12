namespace ESign.Pdf.Content;

/// <summary>
/// Puts glyphs, which a page may draw in any order, into lines: first runs in drawing order, then runs that follow one
/// another on the same baseline. Overlapping text (a double-struck word, a watermark) stays in lines of its own.
/// </summary>
/// <remarks>All distances are in ems of the smaller neighbour; the numbers were chosen on the corpus and by what fonts do.</remarks>
internal static class LineBuilder
{
    /// <summary>Back-kerning reaches a third of an em; further back is another word.</summary>
    public const double MaxOverlap = 0.35;

    /// <summary>Full-width punctuation is half empty; typesetters push what stands beside it into that half.</summary>
    private const double MaxOverlapOfPunctuation = 0.62;

    /// <summary>A font whose widths are missing gives each letter a full em; how far apart they stand is then said by the text alone.</summary>
    private const double MaxOverlapWithoutWidths = 0.85;

    /// <summary>A jump wider than this separates columns and table cells; drawn spaces may be as wide as they like.</summary>
    public const double MaxJump = 2;

    /// <summary>Sub- and superscripts, and the jitter of scanned text.</summary>
    private const double MaxShift = 0.35;

    /// <summary>Lines that compete for the next run; more only on hostile pages.</summary>
    private const int MaxOpenLines = 32;

    /// <summary>Orders the glyphs into lines.</summary>
    /// <param name="glyphs">The glyphs in drawing order.</param>
    /// <param name="ordered">Receives glyph indexes line by line; each line ends with -1.</param>
    public static void Build(List<PlacedGlyph> glyphs, List<int> ordered)
    {
        List<TextRun> runs = SplitIntoRuns(glyphs);
        runs.Sort(static (a, b) => a.Angle != b.Angle ? a.Angle.CompareTo(b.Angle) : a.Baseline.CompareTo(b.Baseline));
        for (int first = 0; first < runs.Count;)
        {
            int next = first + 1;
            while (next < runs.Count && IsSameBaseline(runs[first], runs[next]))
            {
                next++;
            }

            Chain(glyphs, runs.GetRange(first, next - first), ordered);
            first = next;
        }
    }

    private static List<TextRun> SplitIntoRuns(List<PlacedGlyph> glyphs)
    {
        var runs = new List<TextRun>();
        for (int first = 0; first < glyphs.Count;)
        {
            int next = first + 1;
            while (next < glyphs.Count && Follows(glyphs[next - 1], glyphs[next]))
            {
                next++;
            }

            runs.Add(ToRun(glyphs, first, next - first));
            first = next;
        }

        return runs;
    }

    private static bool Follows(in PlacedGlyph previous, in PlacedGlyph next)
    {
        double dot = (previous.Direction.X * next.Direction.X) + (previous.Direction.Y * next.Direction.Y);
        if (dot < 0.999)
        {
            return false;
        }

        double dx = next.Origin.X - previous.Origin.X;
        double dy = next.Origin.Y - previous.Origin.Y;
        double em = Math.Min(previous.Em, next.Em);
        double step = (dx * previous.Direction.X) + (dy * previous.Direction.Y);
        double shift = (dx * previous.Direction.Y) - (dy * previous.Direction.X);
        return Math.Abs(shift) <= MaxShift * em && step - previous.Pen <= MaxJump * em && step - Occupied(previous) >= -AllowedOverlap(previous, next) * em;
    }

    /// <summary>What a glyph keeps others from: its pen's way, unless the glyph itself is narrower than that.</summary>
    private static double Occupied(in PlacedGlyph glyph) => Math.Min(glyph.Pen, glyph.Length);

    private static double AllowedOverlap(in PlacedGlyph previous, in PlacedGlyph next) =>
        (previous.Text is [.., var last] && IsFullWidthPunctuation(last)) || (next.Text is [var first, ..] && IsFullWidthPunctuation(first))
            ? MaxOverlapOfPunctuation
            : IsWithoutWidth(previous) ? MaxOverlapWithoutWidths : MaxOverlap;

    /// <summary>No letter or digit of a script with spaces fills a full em.</summary>
    private static bool IsWithoutWidth(in PlacedGlyph glyph) =>
        glyph.Text is [var only] && CharacterFolding.IsSpacedLetter(only) && Math.Abs(glyph.Length - glyph.Em) < 0.01 * glyph.Em;

    private static bool IsFullWidthPunctuation(char character) =>
        character is (>= '\u2018' and <= '\u201D') or (>= '\u3001' and <= '\u301F') or (>= '\uFE10' and <= '\uFE4F') or (>= '\uFF01' and <= '\uFF65')
        && !char.IsLetterOrDigit(character);

    private static TextRun ToRun(List<PlacedGlyph> glyphs, int first, int count)
    {
        PlacedGlyph head = glyphs[first];
        PlacedGlyph tail = glyphs[first + count - 1];
        PdfPoint direction = head.Direction;
        int angle = ((int)Math.Round(Math.Atan2(direction.Y, direction.X) * 180 / Math.PI) + 360) % 360;
        double start = (head.Origin.X * direction.X) + (head.Origin.Y * direction.Y);
        double tailStart = (tail.Origin.X * direction.X) + (tail.Origin.Y * direction.Y);
        double end = tailStart + Math.Max(tail.Pen, 0);
        double taken = tailStart + Math.Max(Occupied(tail), 0);
        double baseline = (head.Origin.X * direction.Y) - (head.Origin.Y * direction.X);
        return new TextRun(first, count, angle, baseline, start, Math.Max(end, start), Math.Max(taken, start), Math.Min(head.Em, tail.Em));
    }

    private static bool IsSameBaseline(in TextRun a, in TextRun b) =>
        a.Angle == b.Angle && Math.Abs(a.Baseline - b.Baseline) <= MaxShift * Math.Min(a.Em, b.Em);

    /// <summary>Gives each run, from the start of the baseline on, to the line whose end it fits best.</summary>
    private static void Chain(List<PlacedGlyph> glyphs, List<TextRun> runs, List<int> ordered)
    {
        if (runs.Count == 1)
        {
            AddLine(runs, ordered);
            return;
        }

        runs.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.First.CompareTo(b.First));
        var open = new List<List<TextRun>>();
        foreach (TextRun run in runs)
        {
            List<TextRun>? best = null;
            double bestGap = double.MaxValue;
            foreach (List<TextRun> line in open)
            {
                TextRun last = line[^1];
                double em = Math.Max(Math.Min(last.Em, run.Em), double.Epsilon);
                double gap = (run.Start - last.End) / em;
                double overlap = (last.Taken - run.Start) / em;
                if (overlap <= AllowedOverlap(glyphs[last.First + last.Count - 1], glyphs[run.First]) && gap <= MaxJump && Math.Abs(gap) < bestGap)
                {
                    (best, bestGap) = (line, Math.Abs(gap));
                }
            }

            if (best is not null)
            {
                best.Add(run);
                continue;
            }

            if (open.Count == MaxOpenLines)
            {
                AddLine(open[0], ordered);
                open.RemoveAt(0);
            }

            open.Add([run]);
        }

        foreach (List<TextRun> line in open)
        {
            AddLine(line, ordered);
        }
    }

    private static void AddLine(List<TextRun> runs, List<int> ordered)
    {
        foreach (TextRun run in runs)
        {
            for (int i = 0; i < run.Count; i++)
            {
                ordered.Add(run.First + i);
            }
        }

        ordered.Add(-1);
    }
}
