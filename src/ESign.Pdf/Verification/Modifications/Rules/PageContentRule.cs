namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>What a page shows was changed.</summary>
internal sealed class PageContentRule()
    : ModificationRule("page-content-changed", "ISO 32000-2 §12.8.2.2, §7.8.2", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.Page, Key: "Contents" };

    public override string Describe(Change change) => "签名后页面内容被更改 / The content of a page was changed after signing";
}
