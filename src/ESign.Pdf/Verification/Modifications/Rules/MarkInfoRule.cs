namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>Whether the document counts as tagged was stated.</summary>
internal sealed class MarkInfoRule()
    : ModificationRule("mark-info", "ISO 32000-2 §14.7.1", ModificationLevel.LongTermData)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.Catalog, Key: "MarkInfo" };

    public override string Describe(Change change) => "更新了标记信息 / The mark information was updated";
}
