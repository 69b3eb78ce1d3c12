using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>An appearance that lay hidden in the file since before the signature is shown now: prepared content, not filled-in content.</summary>
internal sealed class HiddenObjectShownRule()
    : ModificationRule("hidden-object-shown", "ISO 32000-2 §12.8.2.2; shadow attacks (NDSS 2021)", ModificationLevel.Other)
{
    /// <summary>States of a check box or radio button; real ones have two to ten.</summary>
    private const int MaxStates = 1_000;

    public override bool Explains(Change change, RevisionStep step) => ShowsHiddenObject(change, step);

    public override string Describe(Change change) =>
        $"域“{change.Field?.Name}”改为显示签名前已隐藏在文件中的内容 / The field {change.Field?.Name} now shows content that lay hidden in the file before it was signed";

    public static bool ShowsHiddenObject(Change change, RevisionStep step) => change switch
    {
        { Place: ChangePlace.Field, Key: "AP" } => IsHidden(change.After, step),
        { Place: ChangePlace.FieldAdded, Field: { } field } => field.Widgets.Any(widget => IsHidden(widget.Dictionary["AP"], step)),
        _ => false,
    };

    private static bool IsHidden(PdfObject? appearances, RevisionStep step) =>
        step.IsUnearthed(appearances)
        || (step.After.View.Resolve(appearances) is PdfDictionary looks
            && looks.Any(look => step.IsUnearthed(look.Value)
                || (step.After.View.Resolve(look.Value) is PdfDictionary states && states.Take(MaxStates).Any(state => step.IsUnearthed(state.Value)))));
}
