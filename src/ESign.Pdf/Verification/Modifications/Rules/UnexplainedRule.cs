namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>The end of the list: what nothing explains is refused.</summary>
internal sealed class UnexplainedRule()
    : ModificationRule("unexplained-change", "ISO 32000-2 §12.8.2.2", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: >= ChangePlace.Trailer };

    public override string Describe(Change change) => $"签名后有无法解释的更改：{change.Path} / Something was changed after signing that no rule explains: {change.Path}";
}
