using System.Text;

namespace ESign.Pdf.Content;

/// <summary>The text of a page made ready for searching: folded, without spaces, each character knowing its glyph.</summary>
internal sealed class PageText
{
    private const char LineEnd = '\n';

    /// <summary>A gap from which on spaced scripts read two words.</summary>
    private const double WordGap = 0.2;

    /// <summary>Ideographs are set loosely in justified lines; only a wide gap separates.</summary>
    private const double IdeographGap = 0.6;

    private readonly List<PlacedGlyph> _glyphs;
    private readonly StringBuilder _folded = new();
    private readonly List<FoldedCharacter> _characters = [];

    private PageText(List<PlacedGlyph> glyphs) => _glyphs = glyphs;

    public static PageText Build(List<PlacedGlyph> glyphs)
    {
        var text = new PageText(glyphs);
        var ordered = new List<int>(glyphs.Count + 64);
        LineBuilder.Build(glyphs, ordered);
        text.Fold(ordered);
        return text;
    }

    /// <summary>Every occurrence of a keyword, overlapping ones not counted twice.</summary>
    public IEnumerable<GlyphSpan> Find(FoldedKeyword keyword)
    {
        string text = _folded.ToString();
        for (int at = 0; (at = text.IndexOf(keyword.Text, at, StringComparison.Ordinal)) >= 0;)
        {
            if (Accepts(keyword, at))
            {
                yield return ToSpan(at, keyword.Text.Length);
                at += keyword.Text.Length;
            }
            else
            {
                at++;
            }
        }
    }

    private void Fold(List<int> ordered)
    {
        bool isSpaced = true;
        int previous = -1;
        foreach (int index in ordered)
        {
            if (index < 0)
            {
                _folded.Append(LineEnd);
                _characters.Add(new FoldedCharacter(-1, 0, 0, 1, true));
                isSpaced = true;
                previous = -1;
                continue;
            }

            PlacedGlyph glyph = _glyphs[index];
            isSpaced |= previous >= 0 && IsApart(_glyphs[previous], glyph);
            int first = _folded.Length;
            for (int at = 0; at < glyph.Text.Length; at++)
            {
                char character = glyph.Text[at];
                if (CharacterFolding.IsSpace(character))
                {
                    isSpaced = true;
                    continue;
                }

                int before = _folded.Length;
                CharacterFolding.Append(character, _folded);
                for (; before < _folded.Length; before++)
                {
                    if (CharacterFolding.IsSpace(_folded[before]))
                    {
                        // A folded space (U+3000, for one) or a line end of hostile text must not stay in the text.
                        _folded.Remove(before--, 1);
                        isSpaced = true;
                        continue;
                    }

                    _characters.Add(new FoldedCharacter(index, at, 0, 1, isSpaced));
                    isSpaced = false;
                }
            }

            Spread(first, _folded.Length - first);
            previous = index;
        }
    }

    /// <summary>The characters of a ligature share its box evenly.</summary>
    private void Spread(int first, int count)
    {
        for (int i = 0; i < count && count > 1; i++)
        {
            _characters[first + i] = _characters[first + i] with { From = (float)i / count, To = (float)(i + 1) / count };
        }
    }

    private static bool IsApart(in PlacedGlyph previous, in PlacedGlyph next)
    {
        double dx = next.Origin.X - previous.Origin.X;
        double dy = next.Origin.Y - previous.Origin.Y;
        double gap = (dx * previous.Direction.X) + (dy * previous.Direction.Y) - Math.Max(previous.Pen, previous.Length);
        bool isSpacedScript = previous.Text is [.., < '\u2E80'] && next.Text is [< '\u2E80', ..];
        return gap > (isSpacedScript ? WordGap : IdeographGap) * Math.Min(previous.Em, next.Em);
    }

    /// <summary>Between letters of spaced scripts a space must be where the keyword has one; elsewhere spaces do not matter.</summary>
    private bool Accepts(FoldedKeyword keyword, int at)
    {
        int length = keyword.Text.Length;
        for (int i = 1; i < length; i++)
        {
            if (_characters[at + i].IsSpaced != keyword.IsSpaced(i)
                && CharacterFolding.IsSpacedLetter(keyword.Text[i - 1])
                && CharacterFolding.IsSpacedLetter(keyword.Text[i]))
            {
                return false;
            }
        }

        return !keyword.IsWholeWord || (_characters[at].IsSpaced && (at + length >= _characters.Count || _characters[at + length].IsSpaced));
    }

    private GlyphSpan ToSpan(int at, int length)
    {
        PdfRectangle? box = null;
        var text = new StringBuilder(length);
        (int Glyph, int At) previous = (-1, -1);
        bool isVertical = false;
        for (int i = at; i < at + length; i++)
        {
            FoldedCharacter character = _characters[i];
            PlacedGlyph glyph = _glyphs[character.Glyph];
            PdfRectangle part = glyph.Box(character.From, character.To);
            box = box is { } all ? Union(all, part) : part;
            isVertical |= glyph.IsVertical;
            if ((character.Glyph, character.At) != previous)
            {
                text.Append(i > at && character.IsSpaced ? " " : "").Append(glyph.Text[character.At]);
                previous = (character.Glyph, character.At);
            }
        }

        return new GlyphSpan(text.ToString(), box!.Value, isVertical);
    }

    private static PdfRectangle Union(PdfRectangle a, PdfRectangle b) =>
        new(Math.Min(a.Left, b.Left), Math.Min(a.Bottom, b.Bottom), Math.Max(a.Right, b.Right), Math.Max(a.Top, b.Top));

    /// <summary>A folded character: the glyph and the character of its text it comes from, its part of the box, whether a space or gap is before it.</summary>
    private readonly record struct FoldedCharacter(int Glyph, int At, float From, float To, bool IsSpaced);
}
