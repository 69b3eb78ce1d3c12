using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>What a widget shows on its page, and whether it shows anything.</summary>
internal static class WidgetLook
{
    /// <summary>Bits of /F (ISO 32000-2 table 167).</summary>
    private const long Hidden = 1 << 1;
    private const long Print = 1 << 2;
    private const long NoView = 1 << 5;

    /// <summary>The normal appearance, of several the one for the state that the widget is in (§12.5.5); as written.</summary>
    public static PdfObject? Shown(Widget widget, RevisionState state)
    {
        PdfObject? normal = (state.View.Resolve(widget.Dictionary["AP"]) as PdfDictionary)?["N"];
        return state.View.Resolve(normal) is PdfDictionary states
            ? states[(state.View.Resolve(widget.Dictionary["AS"]) as PdfName)?.Value ?? "Off"]
            : normal;
    }

    /// <summary>Whether it is seen neither on a screen nor on paper.</summary>
    public static bool IsHidden(Widget widget, RevisionState state) =>
        state.View.Resolve(widget.Dictionary["F"]) is PdfInteger flags && ((flags.Value & Hidden) != 0 || (flags.Value & (NoView | Print)) == NoView);

    public static bool ShowsNothing(Widget widget, RevisionState state) =>
        IsHidden(widget, state)
        || Page.ReadRectangle(state.View, widget.Dictionary["Rect"]) is not { Width: > 0, Height: > 0 } place
        || IsOutside(place, state.PageOf(widget.Reference), state)
        || !PaintsSomething(widget, state.View);

    private static bool IsOutside(PdfRectangle place, int? page, RevisionState state) =>
        page is { } number && state.Pages[number - 1].Geometry.Box.Intersect(place) is { Width: 0 } or { Height: 0 };

    private static bool PaintsSomething(Widget widget, IObjectResolver resolver) =>
        resolver.Resolve((resolver.Resolve(widget.Dictionary["AP"]) as PdfDictionary)?["N"]) switch
        {
            PdfNull => false,
            PdfStream stream => resolver.Decode(stream).Span.ContainsAnyExcept(" \t\r\n%"u8),
            _ => true,
        };
}
