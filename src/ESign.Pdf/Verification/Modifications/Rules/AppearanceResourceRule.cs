using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>The appearance of a field stayed, but something it draws with was overwritten in place: a font, an image.</summary>
/// <remarks>Filling a field in writes its appearance; glyphs that are swapped under an appearance that stays make it read differently.</remarks>
internal sealed class AppearanceResourceRule()
    : ModificationRule("appearance-resource-changed", "ISO 32000-2 §12.8.2.2, §7.8.3; shadow attacks (NDSS 2021)", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) =>
        change is { Place: ChangePlace.Field, Key: "AP", Object: { } changed }
        && Kept(change, step).Any(look => !look.Equals(changed) && !step.Comparer.Same(look, look));

    public override string Describe(Change change) =>
        $"域“{change.Field?.Name}”的外观所用的字体或图像被原地替换 / A font or picture that the appearance of {change.Field?.Name} uses was overwritten";

    /// <summary>The normal appearance, or those of its states, that were there before and were not written anew.</summary>
    private static IEnumerable<PdfReference> Kept(Change change, RevisionStep step)
    {
        PdfObject? before = (step.Before.View.Resolve(change.Before) as PdfDictionary)?["N"];
        PdfObject? after = (step.After.View.Resolve(change.After) as PdfDictionary)?["N"];
        IEnumerable<(PdfObject? Before, PdfObject? After)> looks = step.Before.View.Resolve(before) is PdfDictionary states && step.After.View.Resolve(after) is PdfDictionary now
            ? states.Select(state => ((PdfObject?)state.Value, now[state.Key]))
            : [(before, after)];
        return looks.Where(look => look.Before is PdfReference kept && kept.Equals(look.After) && !step.IsTouched(kept) && step.Before.View.Resolve(kept) is PdfStream)
            .Select(look => (PdfReference)look.Before!);
    }
}
