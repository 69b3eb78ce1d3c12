namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>An object that a signature covers was freed.</summary>
internal sealed class FreedObjectRule()
    : ModificationRule("object-freed", "ISO 32000-2 §7.5.4", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.File, Key: FileChange.Freed };

    public override string Describe(Change change) => "签名所覆盖的对象被标记为已删除 / An object that was signed was marked as deleted";
}
