namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>The order in which the tab key visits the annotations of a page was set, as writers of tagged documents do when they add a field.</summary>
internal sealed class TabOrderRule()
    : ModificationRule("tab-order", "ISO 32000-2 §12.5.1", ModificationLevel.FormFilling)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.Page, Key: "Tabs" };

    public override string Describe(Change change) => "更改了页面的 Tab 顺序 / The tab order of a page was changed";
}
