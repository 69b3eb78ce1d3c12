using System.Net;
using System.Text;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>What a text field says, and whether it shows it: both without spaces, punctuation and case, which formatting changes.</summary>
internal static class ShownText
{
    /// <summary>Options of a list that are looked at; lists of countries have some 250.</summary>
    private const int MaxOptions = 10_000;

    /// <summary>Bit 14 of /Ff (table 231): shown as dots. Bit 18 (table 233): one choice at a time is shown.</summary>
    private const int Password = 1 << 13;
    private const int Combo = 1 << 17;

    /// <summary>What the field is to show of its value; null when that has no letters or digits, or when it shows something else on purpose.</summary>
    public static string? OfValue(FieldState field, RevisionState state)
    {
        // /AA /F (table 199) formats what is shown.
        bool isFormatted = state.View.Resolve(field.Dictionary["AA"]) is PdfDictionary actions && actions.ContainsKey("F");
        bool isShown = !isFormatted && ((field.Terminal?.Flags ?? 0) & Password) == 0;
        if (!isShown || StoredValue(field, state) is not { } text)
        {
            return null;
        }

        // Table 232: no more than /MaxLen characters have room.
        string shown = Choice(field, state, text) ?? text;
        shown = state.View.Resolve(field.Terminal?.Inherited("MaxLen")) is PdfInteger { Value: > 0 } room && room.Value < shown.Length ? shown[..(int)room.Value] : shown;
        return Fold(shown) is null ? null : shown;
    }

    /// <summary>Whether a widget of the field shows something other than its value.</summary>
    public static bool ContradictsValue(FieldState field, RevisionState state)
    {
        if (OfValue(field, state) is not { } value)
        {
            return false;
        }

        bool isList = field.FieldType == "Ch" && ((field.Terminal?.Flags ?? 0) & Combo) == 0;
        return field.Widgets.Any(widget => state.LookOf(WidgetLook.Shown(widget, state)) is { } look && !Shows(look, value, isList));
    }

    /// <summary>Whether one of the appearances other than the normal one is new and shows something other than the value: it does when the pointer comes near.</summary>
    public static bool ContradictsWhenPointedAt(FieldState before, FieldState after, RevisionStep step)
    {
        if (OfValue(after, step.After) is not { } value)
        {
            return false;
        }

        for (int i = 0; i < after.Widgets.Count; i++)
        {
            var looks = step.After.View.Resolve(after.Widgets[i].Dictionary["AP"]) as PdfDictionary;
            var old = (i < before.Widgets.Count ? step.Before.View.Resolve(before.Widgets[i].Dictionary["AP"]) : null) as PdfDictionary;
            foreach (string key in (ReadOnlySpan<string>)["R", "D"])
            {
                if (step.After.LookOf(looks?[key]) is { } look && !step.Comparer.Same(old?[key], looks![key], key) && !Shows(look, value, isList: true))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether a choice shows the name that its value is stored under, though the option has another to be shown: some writers draw it so.</summary>
    public static bool IsStoredName(FieldState field, RevisionState state) =>
        field.FieldType == "Ch"
        && StoredValue(field, state) is { } stored
        && field.Widgets.All(widget => state.LookOf(WidgetLook.Shown(widget, state)) is not { } look || Fold(look.Text) == Fold(stored));

    /// <summary>Whether the rich text (§12.7.4.4), which readers prefer where they draw a field themselves, says something other than the value.</summary>
    public static bool ContradictsRichText(FieldState field, RevisionState state) =>
        OfValue(field, state) is { } value
        && ToText(state.View.Resolve(field.Terminal?.Inherited("RV")), state) is { } rich
        && Fold(WithoutTags(rich)) is { } shown
        && shown != Fold(value);

    /// <summary>Whether the options that are marked as chosen (/I, table 234) are others than the value.</summary>
    public static bool ContradictsIndices(FieldState field, RevisionState state)
    {
        if (StoredValue(field, state) is not { } value
            || state.View.Resolve(field.Terminal?.Inherited("I")) is not PdfArray { Count: 1 } indices
            || state.View.Resolve(field.Terminal?.Inherited("Opt")) is not PdfArray options)
        {
            return false;
        }

        PdfObject option = state.View.Resolve(indices[0]) is PdfInteger { Value: >= 0 } index && index.Value < options.Count ? state.View.Resolve(options[(int)index.Value]) : PdfNull.Instance;
        PdfArray names = option as PdfArray ?? new PdfArray(option);
        return !names.Any(name => (state.View.Resolve(name) as PdfString)?.ToText() == value);
    }

    /// <summary>Letters and digits in capitals, and what stands between two digits, which tells 10.00 from 1000; null when there are none.</summary>
    public static string? Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        string plain = text.Normalize(NormalizationForm.FormKC);
        for (int i = 0; i < plain.Length; i++)
        {
            bool isBetweenDigits = plain[i] is '.' or ',' && i > 0 && i + 1 < plain.Length && char.IsAsciiDigit(plain[i - 1]) && char.IsAsciiDigit(plain[i + 1]);
            if (char.IsLetterOrDigit(plain[i]) || isBetweenDigits)
            {
                folded.Append(char.ToUpperInvariant(plain[i]));
            }
        }

        return folded.Length == 0 ? null : folded.ToString();
    }

    private static string? StoredValue(FieldState field, RevisionState state) => ToText(state.View.Resolve(field.Terminal?.Value), state);

    /// <summary>§12.7.5.3: text, or a stream of text; readers take a name, and the only item of an array, for text too.</summary>
    private static string? ToText(PdfObject value, RevisionState state) => value switch
    {
        PdfString text => text.ToText(),
        PdfName name => name.Value,
        PdfStream stream => new PdfString(state.Read(stream)).ToText(),
        PdfArray { Count: 1 } only => (state.View.Resolve(only[0]) as PdfString)?.ToText(),
        _ => null,
    };

    /// <summary>Table 234: of an option with an export value and a text, the field has the first and shows the second.</summary>
    private static string? Choice(FieldState field, RevisionState state, string value)
    {
        if (field.FieldType != "Ch" || state.View.Resolve(field.Terminal?.Inherited("Opt")) is not PdfArray options)
        {
            return null;
        }

        foreach (PdfObject option in options.Take(MaxOptions))
        {
            if (state.View.Resolve(option) is PdfArray { Count: 2 } pair
                && state.View.Resolve(pair[0]) is PdfString export
                && export.ToText() == value
                && state.View.Resolve(pair[1]) is PdfString shown)
            {
                return shown.ToText();
            }
        }

        return null;
    }

    /// <summary>A field that shows nothing to read shows nothing wrong, as long as there is no picture in its place.</summary>
    private static bool Shows(SeenText look, string value, bool isList) =>
        !look.IsUnreadable
        && (Fold(look.InFrame) is null ? !look.HasPictures && (Fold(look.Text) is null || Says(look.Text, value, isList)) : Says(look.Text, value, isList) || Says(look.InFrame, value, isList));

    /// <summary>Whether one is a way to write the other. Lists show all their options; fonts lack characters beyond ASCII.</summary>
    private static bool Says(string shown, string value, bool isList)
    {
        if (WrittenNumber.IsSameDate(shown, value))
        {
            return true;
        }

        if (WrittenNumber.Normalize(value) is { } number && WrittenNumber.Normalize(shown) is { } other)
        {
            return number == other;
        }

        string? seen = Fold(shown);
        string? meant = Fold(value);
        return seen == meant
            || (isList && seen is not null && meant is not null && seen.Contains(meant, StringComparison.Ordinal))
            || (!Ascii.IsValid(value) && seen == Fold(string.Concat(value.Where(char.IsAscii))));
    }

    private static string WithoutTags(string rich)
    {
        var text = new StringBuilder(rich.Length);
        bool isTag = false;
        foreach (char character in rich)
        {
            isTag = character == '<' || (isTag && character != '>');
            if (!isTag && character != '>')
            {
                text.Append(character);
            }
        }

        return WebUtility.HtmlDecode(text.ToString());
    }
}
