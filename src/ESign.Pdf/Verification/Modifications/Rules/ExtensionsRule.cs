using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>Extensions were declared; none that was declared disappeared.</summary>
internal sealed class ExtensionsRule()
    : ModificationRule("extensions", "ISO 32000-2 §7.12", ModificationLevel.LongTermData)
{
    public override bool Explains(Change change, RevisionStep step) =>
        change is { Place: ChangePlace.Catalog, Key: "Extensions" }
        && step.After.View.Resolve(change.After) is PdfDictionary after
        && (step.Before.View.Resolve(change.Before) as PdfDictionary ?? PdfDictionary.Empty).Keys.All(after.ContainsKey);

    public override string Describe(Change change) => "声明了 PDF 扩展 / Extensions of PDF were declared";
}
