namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>An update writes an object that its cross-reference does not list: readers that mend files take it.</summary>
internal sealed class UnlistedObjectRule()
    : ModificationRule("object-unlisted", "ISO 32000-2 §7.5.4, §7.5.6; incremental saving (CCS 2019)", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.File, Key: FileChange.Unlisted };

    public override string Describe(Change change) => "更新中写入了交叉引用未列出的对象，会修复文件的阅读器将采用它 / An update writes an object that its cross-reference does not list; readers that mend files take it";
}
