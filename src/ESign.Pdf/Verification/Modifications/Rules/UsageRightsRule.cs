using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>Usage rights of one vendor's reader were dropped or set; the certification under /DocMDP stayed.</summary>
internal sealed class UsageRightsRule()
    : ModificationRule("usage-rights", "ISO 32000-2 §12.8.6, §12.8.2.3", ModificationLevel.LongTermData)
{
    public override bool Explains(Change change, RevisionStep step) =>
        change is { Place: ChangePlace.Catalog, Key: "Perms" }
        && step.Comparer.Same(
            (step.Before.View.Resolve(change.Before) as PdfDictionary)?["DocMDP"],
            (step.After.View.Resolve(change.After) as PdfDictionary)?["DocMDP"]);

    public override string Describe(Change change) => "更改了阅读器使用权限 / The usage rights for a reader were changed";
}
