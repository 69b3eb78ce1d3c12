using System.Globalization;
using ESign.Pdf;
using ESign.Pdf.Content;
using ESign.Pdf.Document;

namespace ESign.Conformance.Positions;

/// <summary>Every keyword occurrence that the corpus knows is found where the corpus says.</summary>
public class KeywordPositionTests
{
    [Theory]
    [MemberData(nameof(KnownPositions.Names), MemberType = typeof(KnownPositions))]
    public void Keywords_are_found_where_and_as_often_as_other_programs_see_them(string file)
    {
        KnownPositions.Document known = KnownPositions.Read(file);
        using PdfDocument document = PdfDocument.Open(File.ReadAllBytes(known.Path));
        var locator = new TextLocator(document);
        var missed = new List<string>();
        foreach (KnownPositions.Keyword keyword in known.Keywords)
        {
            TextMatch[] found = [.. locator.Find(keyword.Text, keyword.Page)];
            // Spaces between ideographs do not count here, as a person reads over them; the other programs do count them.
            int unspaced = found.Count(m => !m.Text.Contains(' '));
            if (unspaced != keyword.Occurrences.Count)
            {
                missed.Add($"p.{keyword.Page} {keyword.Text}: {unspaced} occurrences instead of {keyword.Occurrences.Count}");
            }

            foreach (KnownPositions.Occurrence occurrence in keyword.Occurrences)
            {
                if (!found.Any(m => Agrees(m, occurrence)))
                {
                    missed.Add(Describe(keyword, occurrence, found));
                }
            }
        }

        Assert.True(missed.Count == 0, string.Join('\n', missed));
    }

    /// <summary>Within the tolerance along the writing direction; overlapping, with the baseline origin inside, across it.</summary>
    private static bool Agrees(TextMatch match, KnownPositions.Occurrence expected)
    {
        PdfRectangle box = match.UserSpace;
        DisplayedRectangle shown = match.Displayed;
        bool alongX = Math.Abs(expected.Direction[0]) > 0.99;
        bool alongY = Math.Abs(expected.Direction[1]) > 0.99;
        double[] displayed = [shown.X, shown.Y, shown.Right, shown.Bottom];
        return (!alongX || (IsNear(displayed[0], expected.Display[0]) && IsNear(displayed[2], expected.Display[2])))
            && (!alongY || (IsNear(displayed[1], expected.Display[1]) && IsNear(displayed[3], expected.Display[3])))
            && displayed[0] < expected.Display[2] && expected.Display[0] < displayed[2]
            && displayed[1] < expected.Display[3] && expected.Display[1] < displayed[3]
            && box.Left < expected.User[2] && expected.User[0] < box.Right && box.Bottom < expected.User[3] && expected.User[1] < box.Top
            && HoldsOrigin(box, expected);
    }

    /// <summary>In vertical writing the origin of a glyph is not on a baseline, and the two programs disagree about it.</summary>
    private static bool HoldsOrigin(PdfRectangle box, KnownPositions.Occurrence expected)
    {
        const double Rounding = 0.02;
        return expected.IsVertical || expected.Origin is not [double x, double y]
            || (x >= box.Left - Rounding && x <= box.Right + Rounding && y >= box.Bottom - Rounding && y <= box.Top + Rounding);
    }

    private static bool IsNear(double a, double b) => Math.Abs(a - b) <= KnownPositions.Tolerance;

    private static string Describe(KnownPositions.Keyword keyword, KnownPositions.Occurrence occurrence, TextMatch[] found) => string.Create(
        CultureInfo.InvariantCulture,
        $"p.{keyword.Page} {keyword.Text}: expected [{string.Join(' ', occurrence.Display)}], found {string.Join(" | ", found.Take(5).Select(m => $"{m.Displayed.X:0.##} {m.Displayed.Y:0.##} {m.Displayed.Right:0.##} {m.Displayed.Bottom:0.##}"))}");
}
