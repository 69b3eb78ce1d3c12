namespace ESign.Pdf.Seals.Placing;

/// <summary>Relative to occurrences of a text.</summary>
internal sealed record KeywordPlacement(string Keyword, KeywordMatch Match, Relative Relative, double Dx, double Dy, double? Width, double? Height) : SealPlacement
{
    /// <summary>The platform's notation for a whole word: <c>^甲方签署^</c>.</summary>
    public bool IsWholeWord => Keyword.Length > 2 && Keyword[0] == '^' && Keyword[^1] == '^';

    public string Text => IsWholeWord ? Keyword[1..^1] : Keyword;
}
