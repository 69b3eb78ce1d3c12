using ESign.Pdf.Content.Decoding;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>Fields that readers draw themselves: from the value, the default appearance and the form's fonts, which then are content.</summary>
/// <remarks>ISO 32000-2 §12.7.4.3: where there is no appearance, or /NeedAppearances says so.</remarks>
internal static class ReaderDrawnFields
{
    /// <summary>Text in a lighter shade is not seen on paper.</summary>
    private const double Lightest = 0.9;

    /// <summary>Whether the field is one of them and has something to say.</summary>
    public static bool Has(FieldState field, RevisionState state) =>
        field.FieldType is "Tx" or "Ch"
        && ShownText.OfValue(field, state) is not null
        && (NeedsAppearances(state) || field.Widgets.Any(widget => state.View.Resolve(WidgetLook.Shown(widget, state)) is PdfNull));

    /// <summary>Those among the fields of the revision before, as readers draw them after the update.</summary>
    public static IEnumerable<FieldState> After(RevisionStep step)
    {
        step.Budget.Spend(step.Before.Fields.Count);
        bool isAsked = NeedsAppearances(step.After);
        return step.Before.Fields.Where(field => isAsked ? field.FieldType is "Tx" or "Ch" && ShownText.OfValue(field, step.Before) is not null : Has(field, step.Before));
    }

    /// <summary>Whether a default appearance shows text as what it is: in a plain font, in a colour that is seen, and nothing else set.</summary>
    public static bool IsPlain(PdfObject? appearance, RevisionState state)
    {
        if (state.View.Resolve(appearance) is not PdfString text)
        {
            return true;
        }

        var lexer = new Lexer(text.Bytes.Span);
        double lightest = 1;
        while (lexer.Next())
        {
            if (lexer.Kind is TokenKind.Integer or TokenKind.Real)
            {
                lightest = Math.Min(lightest, lexer.Number);
            }
            else if (lexer.Kind == TokenKind.Keyword)
            {
                bool isColour = lexer.IsKeyword("g"u8) || lexer.IsKeyword("rg"u8);
                if (!(isColour ? lightest < Lightest : lexer.IsKeyword("Tf"u8) || lexer.IsKeyword("k"u8)))
                {
                    return false;
                }

                lightest = 1;
            }
        }

        return FontName(appearance, state) is not { } name || Fonts(state)?[name] is not { } font || IsPlainFont(font, state);
    }

    /// <summary>The font that a field is drawn with.</summary>
    public static string? FontName(FieldState field, RevisionState state) =>
        FontName(field.Terminal?.Inherited("DA") ?? state.View.AcroForm.Dictionary?["DA"], state);

    /// <summary>Whether a font that is not embedded draws letters and digits as what they are.</summary>
    public static bool IsPlainFont(PdfObject font, RevisionState state)
    {
        if (state.View.Resolve(font) is not PdfDictionary dictionary
            || (state.View.Resolve(dictionary["FontDescriptor"]) is PdfDictionary descriptor && descriptor.Keys.Any(key => key.StartsWith("FontFile", StringComparison.Ordinal)))
            || state.View.Resolve(dictionary["Subtype"]) is not PdfName { Value: "Type1" or "TrueType" }
            || state.FontOf(font) is not { } read)
        {
            return false;
        }

        ReadOnlySpan<byte> letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8;
        for (int i = 0; i < letters.Length; i++)
        {
            read.Read(letters[i..], out DecodedGlyph glyph);
            if (glyph.Text.Length != 1 || glyph.Text[0] != letters[i])
            {
                return false;
            }
        }

        return true;
    }

    public static PdfDictionary? Fonts(RevisionState state) =>
        state.View.Resolve((state.View.Resolve(state.View.AcroForm.Dictionary?["DR"]) as PdfDictionary)?["Font"]) as PdfDictionary;

    private static bool NeedsAppearances(RevisionState state) => state.View.Resolve(state.View.AcroForm.Dictionary?["NeedAppearances"]) is PdfBoolean { Value: true };

    private static string? FontName(PdfObject? appearance, RevisionState state)
    {
        string? name = null;
        var lexer = new Lexer(state.View.Resolve(appearance) is PdfString text ? text.Bytes.Span : default);
        while (lexer.Next())
        {
            name = lexer.Kind == TokenKind.Name ? StringDecoder.Name(lexer.Text) : name;
        }

        return name;
    }
}
