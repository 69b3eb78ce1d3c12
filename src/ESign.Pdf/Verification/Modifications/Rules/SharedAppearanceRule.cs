using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>The appearance of a field was changed, and something outside of the form uses the same one.</summary>
internal sealed class SharedAppearanceRule()
    : ModificationRule("shared-appearance-changed", "ISO 32000-2 §12.8.2.2, §12.5.5", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) =>
        change is { Place: ChangePlace.Field, Key: "AP", Before: PdfReference shared } && step.IsUsedOutsideTheForm(shared);

    public override string Describe(Change change) =>
        $"域“{change.Field?.Name}”的外观同时被文档其他部分使用，却被更改 / The appearance of {change.Field?.Name}, which other parts of the document use too, was changed";
}
