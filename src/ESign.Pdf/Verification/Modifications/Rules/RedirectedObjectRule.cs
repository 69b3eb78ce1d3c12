namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>An update does not bring its object along but points at older bytes, or the signed part points at bytes that came later.</summary>
internal sealed class RedirectedObjectRule()
    : ModificationRule("object-redirected", "ISO 32000-2 §7.5.4, §7.5.6", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.File, Key: FileChange.Redirected };

    public override string Describe(Change change) => "交叉引用把对象指向它所属修订版之外的字节 / The cross-reference leads to bytes outside of the revision that defines the object";
}
