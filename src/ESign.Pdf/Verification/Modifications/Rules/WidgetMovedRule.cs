namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>A field was moved or resized: a seal that stands elsewhere says something else.</summary>
internal sealed class WidgetMovedRule()
    : ModificationRule("widget-moved", "ISO 32000-2 §12.8.2.2 table 257, §12.5.2", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.Field, Key: "Rect" };

    public override string Describe(Change change) => $"域“{change.Field?.Name}”的显示位置被移动 / The field {change.Field?.Name} was moved or resized";
}
