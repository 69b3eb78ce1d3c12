namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>An annotation that is no comment was added, changed or removed: links, widgets outside the form, media, redactions.</summary>
internal sealed class AnnotationRefusedRule()
    : ModificationRule("annotation-refused", "ISO 32000-2 §12.8.2.2 table 257, §12.5.6", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) =>
        change.Place is ChangePlace.AnnotationAdded or ChangePlace.AnnotationRemoved or ChangePlace.Annotation;

    public override string Describe(Change change) =>
        "增加、更改或删除了不属于评论的批注对象 / An annotation that is not a comment was added, changed or removed";
}
