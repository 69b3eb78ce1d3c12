namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>The metadata of the document was written anew; it shows nowhere on the pages.</summary>
internal sealed class MetadataRule()
    : ModificationRule("metadata", "ISO 32000-2 §14.3.2", ModificationLevel.LongTermData)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.Catalog, Key: "Metadata" };

    public override string Describe(Change change) => "更新了文档元数据 / The document metadata was updated";
}
