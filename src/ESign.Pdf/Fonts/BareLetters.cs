namespace ESign.Pdf.Fonts;

/// <summary>Letters without their marks, to draw names of Europe with a font that lacks most of Latin Extended-A (U+0100 to U+017F).</summary>
internal static class BareLetters
{
    private const int First = 0x0100;
    private const char None = '?';

    /// <summary>One for each character of the block; ligatures have none.</summary>
    private const string Letters =
        "AaAaAaCcCcCcCcDd"
        + "DdEeEeEeEeEeGgGg"
        + "GgGgHhHhIiIiIiIi"
        + "Ii??JjKkkLlLlLlL"
        + "lLlNnNnNnnNnOoOo"
        + "Oo??RrRrRrSsSsSs"
        + "SsTtTtTtUuUuUuUu"
        + "UuUuWwYyYZzZzZzs";

    /// <summary>The letter without its mark; null for what is no such letter.</summary>
    public static int? Of(int codePoint) =>
        codePoint - First is >= 0 and int index && index < Letters.Length && Letters[index] != None ? Letters[index] : null;
}
