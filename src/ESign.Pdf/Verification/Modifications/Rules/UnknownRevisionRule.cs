namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>The signed bytes are no revision of this file.</summary>
internal sealed class UnknownRevisionRule()
    : ModificationRule("signed-revision-unknown", "ISO 32000-2 §12.8.1, §7.5.6", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.File, Key: FileChange.NoRevision };

    public override string Describe(Change change) => "签名未覆盖任何完整的修订版，无法判断其后的更改 / The signature covers no whole revision, so that later changes cannot be told";
}
