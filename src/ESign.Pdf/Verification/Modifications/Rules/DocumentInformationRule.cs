namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>Title, author, dates or producer were written anew; they show nowhere on the pages.</summary>
internal sealed class DocumentInformationRule()
    : ModificationRule("document-information", "ISO 32000-2 §14.3.3", ModificationLevel.LongTermData)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.Trailer, Key: "Info" };

    public override string Describe(Change change) => "更新了文档信息 / The document information was updated";
}
