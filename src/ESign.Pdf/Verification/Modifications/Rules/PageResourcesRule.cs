namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>What the content of a page uses was changed: fonts, images, forms, optional content; the content itself may be untouched.</summary>
internal sealed class PageResourcesRule()
    : ModificationRule("page-resources-changed", "ISO 32000-2 §12.8.2.2, §7.8.3", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.Page, Key: "Resources" };

    public override string Describe(Change change) => "页面使用的字体、图像或其他资源被更改 / Fonts, images or other resources of a page were changed";
}
