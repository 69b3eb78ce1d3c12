namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>Something else of a page was changed: its boxes, its rotation, its actions.</summary>
internal sealed class PageEntryRule()
    : ModificationRule("page-changed", "ISO 32000-2 §12.8.2.2, §7.7.3.3", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.Page };

    public override string Describe(Change change) => $"页面属性 /{change.Key} 被更改 / The page entry /{change.Key} was changed";
}
