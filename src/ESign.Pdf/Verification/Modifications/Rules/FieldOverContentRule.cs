using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>A field that was filled in, or shown, covers text of the page that could be read before: it was laid over it for that.</summary>
/// <remarks>
/// The shadow attack "hide" with a field for the cover (Mainka et al., NDSS 2021). Text that is written over text hides little, and
/// a field that had a background when it was signed covered what it covers; seals lie over text, and whoever sets one signs for it.
/// </remarks>
internal sealed class FieldOverContentRule()
    : ModificationRule("field-over-content", "ISO 32000-2 §12.8.2.2 table 257; shadow attacks (NDSS 2021)", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step)
    {
        if (change is not { Place: ChangePlace.Field, Key: "AP" or "AS" or "F", Field: { FieldType: "Tx" or "Btn" or "Ch", Terminal: { } terminal } after, FieldBefore: { } before }
            || (step.AddsSignature && step.After.View.Resolve(terminal.Value) is PdfNull))
        {
            return false;
        }

        for (int i = 0; i < Math.Min(before.Widgets.Count, after.Widgets.Count); i++)
        {
            step.Budget.Spend();
            Widget widget = after.Widgets[i];
            if (Page.ReadRectangle(step.After.View, widget.Dictionary["Rect"]) is { Width: > 0, Height: > 0 } place
                && (step.IsAffected(widget.Reference) || step.IsAffected(after.Node.Reference))
                && Covers(widget, place, step.After, step.Budget)
                && !Covers(before.Widgets[i], place, step.Before, step.Budget)
                && step.After.PageOf(widget.Reference) is { } page
                && step.MarksOf(page) is { } marks
                && marks.LoseTextTo(place))
            {
                return true;
            }
        }

        return false;
    }

    public override string Describe(Change change) =>
        $"域“{change.Field?.Name}”的外观遮盖了页面上已签名的文字 / The appearance of the field {change.Field?.Name} covers text of the page that was signed";

    private static bool Covers(Widget widget, PdfRectangle place, RevisionState state, AnalysisBudget budget) =>
        !WidgetLook.IsHidden(widget, state) && Paint.Of(WidgetLook.Shown(widget, state), state.View, budget, place, countsText: false) >= Painting.Areas;
}
