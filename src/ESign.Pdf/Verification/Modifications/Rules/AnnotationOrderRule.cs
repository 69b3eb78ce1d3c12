namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>What is drawn last covers what was drawn before.</summary>
internal sealed class AnnotationOrderRule()
    : ModificationRule("annotations-reordered", "ISO 32000-2 §12.8.2.2, §12.5.2", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.AnnotationOrder };

    public override string Describe(Change change) => "批注的绘制顺序被更改，可能遮盖原有内容 / The order in which annotations are drawn was changed, which may cover what was shown";
}
