using System.Text;
using ESign.Pdf.Content;
using ESign.Pdf.Content.Decoding;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>What a text field says, and what it shows: both without spaces, punctuation and case, which formatting changes.</summary>
internal static class ShownText
{
    /// <summary>Options of a list that are looked at; lists of countries have some 250.</summary>
    private const int MaxOptions = 10_000;

    /// <summary>Letters and digits of the value; null when it has none, or when the field shows something else on purpose.</summary>
    public static string? OfValue(FieldState field, RevisionState state)
    {
        // Bit 14 of /Ff (table 231): a password is shown as dots. /AA /F (table 199) formats what is shown.
        bool isPassword = ((field.Terminal?.Flags ?? 0) & (1 << 13)) != 0;
        bool isFormatted = state.View.Resolve(field.Dictionary["AA"]) is PdfDictionary actions && actions.ContainsKey("F");
        return !isPassword && !isFormatted && state.View.Resolve(field.Terminal?.Value) is PdfString text ? Fold(Choice(field, state, text) ?? text.ToText()) : null;
    }

    /// <summary>Whether a field shows something other than its value.</summary>
    public static bool ContradictsValue(FieldState field, RevisionState state) =>
        OfValue(field, state) is { } value && OfAppearance(field, state) is { } shown && !Agree(value, shown);

    /// <summary>Whether a choice shows the name that its value is stored under, though the option has another to be shown: some writers draw it so.</summary>
    public static bool IsStoredName(FieldState field, RevisionState state) =>
        field.FieldType == "Ch"
        && state.View.Resolve(field.Terminal?.Value) is PdfString stored
        && Fold(stored.ToText()) is { } name
        && name == OfAppearance(field, state);

    /// <summary>Table 234: of an option with an export value and a text, the field has the first and shows the second.</summary>
    private static string? Choice(FieldState field, RevisionState state, PdfString value)
    {
        if (field.FieldType != "Ch" || state.View.Resolve(field.Terminal?.Inherited("Opt")) is not PdfArray options)
        {
            return null;
        }

        foreach (PdfObject option in options.Take(MaxOptions))
        {
            if (state.View.Resolve(option) is PdfArray { Count: 2 } pair
                && state.View.Resolve(pair[0]) is PdfString export
                && export.ToText() == value.ToText()
                && state.View.Resolve(pair[1]) is PdfString shown)
            {
                return shown.ToText();
            }
        }

        return null;
    }

    /// <summary>Letters and digits of the normal appearance; null when no text can be read from it.</summary>
    private static string? OfAppearance(FieldState field, RevisionState state)
    {
        if (field.Widgets is not [var widget, ..]
            || state.View.Resolve(widget.Dictionary["AP"]) is not PdfDictionary appearances
            || state.View.Resolve(appearances["N"]) is not PdfStream normal)
        {
            return null;
        }

        try
        {
            var glyphs = new List<PlacedGlyph>();
            new ContentInterpreter(state.View, new FontReader(state.View), glyphs).RunForm(normal, PdfMatrix.Identity);
            return Fold(string.Concat(glyphs.Select(glyph => glyph.Text)));
        }
        catch (PdfFormatException)
        {
            return null;
        }
    }

    /// <summary>Whether one is a way to write the other: a part of it, or the same digits in another order, as dates have them.</summary>
    private static bool Agree(string value, string shown)
    {
        if (value.Contains(shown, StringComparison.Ordinal) || shown.Contains(value, StringComparison.Ordinal))
        {
            return true;
        }

        string digits = Digits(value);
        return digits.Length > 0 && string.Equals(digits, Digits(shown), StringComparison.Ordinal);
    }

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit).Order());

    private static string? Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (char character in text.Normalize(NormalizationForm.FormKC))
        {
            if (char.IsLetterOrDigit(character))
            {
                folded.Append(char.ToUpperInvariant(character));
            }
        }

        return folded.Length == 0 ? null : folded.ToString();
    }
}
