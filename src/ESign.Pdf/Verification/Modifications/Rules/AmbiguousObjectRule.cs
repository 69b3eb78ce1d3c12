namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>An update writes something that one reader reads one way and another reader another way.</summary>
internal sealed class AmbiguousObjectRule()
    : ModificationRule("object-ambiguous", "ISO 32000-2 §7.3.7, §7.5.4, §7.5.7, §7.5.8.4", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.File, Key: FileChange.Ambiguous };

    public override string Describe(Change change) => "更新有歧义：同一键有两个不同的值，同一对象有两个条目或位置，或混合交叉引用指向不同的目录 / An update is ambiguous: a dictionary has two values under one key, an object two entries or places, or a hybrid cross-reference two catalogs";
}
