namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>An update points at something that is not there: readers that mend files look for objects elsewhere then, and show what was hidden.</summary>
internal sealed class BrokenReferenceRule()
    : ModificationRule("cross-reference-broken", "ISO 32000-2 §7.5.4, §7.5.5; incremental saving (CCS 2019)", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.File, Key: FileChange.Broken };

    public override string Describe(Change change) => "更新的交叉引用指向不存在的内容，会修复文件的阅读器将自行查找对象，可能显示隐藏的内容 / The cross-reference of an update points at what is not there; readers that mend files look for objects themselves and may show hidden ones";
}
