namespace ESign.Pdf.Composition;

/// <summary>A piece of text in one style; <c>\n</c> ends a line. Without a style it takes that of its paragraph or cell; bold is added to either.</summary>
internal readonly record struct TextSpan(string Text, TextStyle? Style = null, bool IsBold = false)
{
    public static implicit operator TextSpan(string text) => new(text);
}
