namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>A later revision is damaged, or made to keep verifiers busy.</summary>
internal sealed class UnreadableRevisionRule()
    : ModificationRule("revision-unreadable", "ISO 32000-2 §7.5.6", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.File, Key: FileChange.Unreadable };

    public override string Describe(Change change) => $"签名后的修订版无法读取：{change.Path} / A revision after signing cannot be read: {change.Path}";
}
