namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>A node of the page tree got an entry that nodes do not have, such as the mark of a producer; readers do not look at it.</summary>
internal sealed class PrivatePageTreeRule()
    : ModificationRule("private-page-tree-entry", "ISO 32000-2 §7.7.3.2 table 30, annex E", ModificationLevel.LongTermData)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.PageTree, Key: not ("" or "Type" or "Count") };

    public override string Describe(Change change) => $"更改了页面树的私有项 /{change.Key} / The private entry /{change.Key} of the page tree was changed";
}
