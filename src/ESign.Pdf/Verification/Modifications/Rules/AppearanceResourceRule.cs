using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>The appearance of a field stayed, but something it draws with was overwritten in place: a font, an image.</summary>
/// <remarks>Filling a field in writes its appearance; glyphs that are swapped under an appearance that stays make it read differently.</remarks>
internal sealed class AppearanceResourceRule()
    : ModificationRule("appearance-resource-changed", "ISO 32000-2 §12.8.2.2, §7.8.3; shadow attacks (NDSS 2021)", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) =>
        change is { Place: ChangePlace.Field, Key: "AP", Object: { } changed }
        && Normal(change.Before, step.Before) is { } before
        && before.Equals(Normal(change.After, step.After))
        && !step.IsTouched(before)
        && !before.Equals(changed)
        && step.Before.View.Resolve(before) is PdfStream
        && !step.Comparer.Same(before, before);

    public override string Describe(Change change) =>
        $"域“{change.Field?.Name}”的外观所用的字体或图像被原地替换 / A font or picture that the appearance of {change.Field?.Name} uses was overwritten";

    private static PdfReference? Normal(PdfObject? appearances, RevisionState state) =>
        (state.View.Resolve(appearances) as PdfDictionary)?["N"] as PdfReference;
}
