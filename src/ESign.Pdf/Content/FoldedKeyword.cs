using System.Collections;
using System.Text;

namespace ESign.Pdf.Content;

/// <summary>A keyword made comparable with <see cref="PageText"/>.</summary>
internal sealed class FoldedKeyword
{
    private readonly BitArray _spaced;

    private FoldedKeyword(string text, BitArray spaced, bool isWholeWord)
    {
        Text = text;
        _spaced = spaced;
        IsWholeWord = isWholeWord;
    }

    /// <summary>The characters that count, folded and without spaces.</summary>
    public string Text { get; }

    public bool IsWholeWord { get; }

    /// <summary>Folds a keyword; <c>^…^</c> around it asks for the whole word.</summary>
    /// <exception cref="ArgumentException">The keyword has no visible character.</exception>
    public static FoldedKeyword Parse(string keyword, bool isWholeWord)
    {
        if (keyword is ['^', _, .., '^'])
        {
            keyword = keyword[1..^1];
            isWholeWord = true;
        }

        var folded = new StringBuilder();
        var spaced = new List<bool>();
        bool isSpaced = false;
        foreach (char character in keyword)
        {
            if (CharacterFolding.IsSpace(character))
            {
                isSpaced = true;
                continue;
            }

            CharacterFolding.Append(character, folded);
            for (; spaced.Count < folded.Length; isSpaced = false)
            {
                spaced.Add(isSpaced);
            }
        }

        return folded.Length == 0
            ? throw new ArgumentException("关键字不能为空 / The keyword has no visible character.", nameof(keyword))
            : new FoldedKeyword(folded.ToString(), new BitArray(spaced.ToArray()), isWholeWord);
    }

    /// <summary>Whether the keyword has a space before its character at that index.</summary>
    public bool IsSpaced(int index) => _spaced[index];
}
