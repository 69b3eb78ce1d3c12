using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>Whether a widget shows anything on its page.</summary>
internal static class WidgetLook
{
    /// <summary>Bits 2 and 6 of /F (ISO 32000-2 table 167): Hidden and NoView.</summary>
    private const long InvisibleFlags = (1 << 1) | (1 << 5);

    public static bool ShowsNothing(Widget widget, RevisionState state)
    {
        bool isHidden = state.View.Resolve(widget.Dictionary["F"]) is PdfInteger flags && (flags.Value & InvisibleFlags) != 0;
        return isHidden
            || Page.ReadRectangle(state.View, widget.Dictionary["Rect"]) is not { Width: > 0, Height: > 0 } place
            || IsOutside(place, state.PageOf(widget.Reference), state)
            || !PaintsSomething(widget, state.View);
    }

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
