namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>There are more or fewer pages.</summary>
internal sealed class PageTreeRule()
    : ModificationRule("page-tree-changed", "ISO 32000-2 §12.8.2.2, §7.7.3", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.PageTree };

    public override string Describe(Change change) => $"页面被增加、删除或替换（原 {change.Before} 页，现 {change.After} 页） / Pages were added, removed or replaced: there were {change.Before} and are {change.After}";
}
