namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>Objects were appended without a proper cross-reference, which readers that mend files will show: incremental saving attack.</summary>
internal sealed class TrailingBytesRule()
    : ModificationRule("trailing-bytes", "ISO 32000-2 §7.5.5, §7.5.6; incremental saving (CCS 2019)", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.File, Key: FileChange.Trailing };

    public override string Describe(Change change) => "签名之后追加了不属于任何修订版的内容，部分阅读器会显示它 / Content was appended that belongs to no proper revision; some readers will show it";
}
