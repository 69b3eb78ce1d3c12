using ESign.Pdf.Content;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Forms;

/// <summary>What a button shows in the state it is in, where its appearance does not say.</summary>
/// <remarks>ISO 32000-2 §12.7.5.2; the marks are those of the characters of ZapfDingbats that /MK /CA names (§12.5.6.19).</remarks>
/// <param name="Value">The caption or the mark; empty when the button is off.</param>
/// <param name="State">The state that shows it; null for a push button, which has none.</param>
internal sealed record ButtonLook(FieldValue Value, string? State)
{
    private const int Radio = 1 << 15;
    private const int PushButton = 1 << 16;

    /// <summary>What is missing of a button's appearance; null when nothing is.</summary>
    /// <param name="document">The document.</param>
    /// <param name="field">The field.</param>
    /// <param name="widget">Its widget.</param>
    /// <param name="states">The appearances of its states; null when there are none.</param>
    /// <param name="isDrawn">Whether it has one appearance for all states.</param>
    public static ButtonLook? Missing(PdfDocument document, FormField field, Widget widget, PdfDictionary? states, bool isDrawn)
    {
        if (isDrawn)
        {
            return null;
        }

        string caption = FieldValue.Name(document, document.Dictionary(widget.Dictionary["MK"])?["CA"]);
        if ((field.Flags & PushButton) != 0)
        {
            return new ButtonLook(OneLine(caption), null);
        }

        string state = document.Name(widget.Dictionary["AS"]) ?? StateByValue(document, field, states);
        if (states is not null && (state == "Off" || states.ContainsKey(state)))
        {
            return null;
        }

        return new ButtonLook(OneLine(state == "Off" ? "" : Mark(caption.Length > 0 ? caption[0] : (field.Flags & Radio) != 0 ? 'l' : '4')), state);
    }

    /// <summary>Of several buttons each has a state of its own, which only its appearances name: the value is not that of all.</summary>
    private static string StateByValue(PdfDocument document, FormField field, PdfDictionary? states) =>
        document.Name(field.Value) is { } value && (states?.ContainsKey(value) ?? field.Widgets.Count == 1) ? value : "Off";

    private static FieldValue OneLine(string text) => new([text], [], IsMultiline: false, IsList: false, 0);

    private static string Mark(char dingbat) => dingbat switch
    {
        'l' => "●",
        '8' => "×",
        'u' => "◆",
        'n' => "■",
        'H' => "★",
        _ => "√",
    };
}
