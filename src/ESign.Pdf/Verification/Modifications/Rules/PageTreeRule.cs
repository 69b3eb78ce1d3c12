namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>There are more or fewer pages, or the tree that holds them says something else.</summary>
internal sealed class PageTreeRule()
    : ModificationRule("page-tree-changed", "ISO 32000-2 §12.8.2.2, §7.7.3", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.PageTree };

    public override string Describe(Change change) => change.Key.Length > 0
        ? $"页面树项 /{change.Key} 被更改 / The entry /{change.Key} of the page tree was changed"
        : $"页面被增加或删除（原 {change.Before} 页，现 {change.After} 页） / Pages were added or removed: there were {change.Before} and are {change.After}";
}
