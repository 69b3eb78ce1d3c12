using ESign.Pdf.Objects;
using ESign.Pdf.Seals;
using ESign.Pdf.Seals.Placing;

namespace ESign.Pdf.Signing;

/// <summary>Writes what the widgets of one revision show, as what the document claims to conform to allows.</summary>
/// <param name="sink">Where the forms go; always the same one, so that a seal in many places is written once.</param>
/// <param name="withoutTransparency">Whether opacity and soft masks are left out.</param>
internal sealed class AppearanceWriter(IObjectSink sink, bool withoutTransparency)
{
    /// <summary>The form XObject for a control's <c>/AP /N</c>.</summary>
    public PdfReference Write(ResolvedPlacement place)
    {
        Appearance appearance = place.ToWidgetAppearance();
        return (withoutTransparency ? appearance.WithoutTransparency() : appearance).Write(sink);
    }
}
