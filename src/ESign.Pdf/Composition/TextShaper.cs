using System.Text;
using ESign.Pdf.Fonts;

namespace ESign.Pdf.Composition;

/// <summary>Cuts text into clusters and measures them.</summary>
internal sealed class TextShaper(FontSubsetBuilder font)
{
    private readonly Dictionary<int, (double Left, double Right)> _emptyHalves = [];

    /// <summary>The clusters of a text; words wider than <paramref name="widest"/> are cut into their characters.</summary>
    public List<Cluster> Shape(IReadOnlyList<TextSpan> spans, TextStyle style, double widest)
    {
        var clusters = new List<Cluster>();
        foreach (TextSpan span in spans)
        {
            TextStyle own = span.Style ?? style;
            Shape(span.Text.ReplaceLineEndings("\n"), span.IsBold ? own with { IsBold = true } : own, widest, clusters);
        }

        return clusters;
    }

    private void Shape(string text, TextStyle style, double widest, List<Cluster> clusters)
    {
        for (int start = 0; start < text.Length;)
        {
            int end = EndOfCluster(text, start);
            string piece = text[start..end];
            start = end;
            if (piece is "\n")
            {
                clusters.Add(new Cluster(piece, style, ClusterKind.NewLine, 0, 0, 0));
            }
            else if (piece is " " or "\t" or "\u00A0" or "\u3000")
            {
                piece = piece is "\t" ? " " : piece;
                clusters.Add(new Cluster(piece, style, piece is "\u00A0" ? ClusterKind.Word : ClusterKind.Space, font.Measure(piece, style.Size), 0, 0));
            }
            else if (IsWordCharacter(piece[0]))
            {
                AddWord(piece, style, widest, clusters);
            }
            else if (!char.IsControl(piece[0]))
            {
                clusters.Add(Ideograph(piece, style));
            }
        }
    }

    private void AddWord(string word, TextStyle style, double widest, List<Cluster> clusters)
    {
        double width = font.Measure(word, style.Size);
        if (width <= widest)
        {
            clusters.Add(new Cluster(word, style, ClusterKind.Word, width, 0, 0));
            return;
        }

        foreach (char c in word)
        {
            clusters.Add(new Cluster(c.ToString(), style, ClusterKind.WordPiece, font.Measure(c.ToString(), style.Size), 0, 0));
        }
    }

    private Cluster Ideograph(string text, TextStyle style)
    {
        (double left, double right) = text.Length == 1 ? EmptyHalves(text[0]) : (0, 0);
        return new Cluster(text, style, ClusterKind.Ideograph, font.Measure(text, style.Size), left * style.Size, right * style.Size);
    }

    // Punctuation whose ink lies in one half of its square, as the font draws it: the other half can be set tighter.
    private (double Left, double Right) EmptyHalves(char character)
    {
        if (!_emptyHalves.TryGetValue(character, out (double, double) halves))
        {
            halves = default;
            if (char.IsPunctuation(character) && font.Font.Contains(character) && font.Font.GetOutline(character) is { Advance: 1 } outline)
            {
                halves = (outline.Bounds.Left >= 0.5 ? 0.5 : 0, outline.Bounds.Right <= 0.5 ? 0.5 : 0);
            }

            _emptyHalves.Add(character, halves);
        }

        return halves;
    }

    private static int EndOfCluster(string text, int start)
    {
        char first = text[start];
        int end = start + (Rune.TryGetRuneAt(text, start, out Rune rune) ? rune.Utf16SequenceLength : 1);
        if (IsWordCharacter(first))
        {
            while (end < text.Length && IsWordCharacter(text[end]))
            {
                end++;
            }
        }
        else if (first is '—' or '…')
        {
            while (end < text.Length && text[end] == first)
            {
                end++;
            }
        }

        return end;
    }

    private static bool IsWordCharacter(char c) => c is (> ' ' and < '\u007F') or (> '\u00A0' and < '\u0250') or (>= '\u0370' and < '\u0530');
}
