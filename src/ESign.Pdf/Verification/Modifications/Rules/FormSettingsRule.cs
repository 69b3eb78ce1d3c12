using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>What fields that are filled in later start from: default resources, default appearance, the signature flags.</summary>
/// <remarks>
/// A font that was there may not be dropped or become another: readers may set the text of signed fields anew with it, as they may with
/// a font that was missing and with the default appearance. Forms and pictures among the default resources are leftovers of writers and
/// no field shows them by itself.
/// </remarks>
internal sealed class FormSettingsRule()
    : ModificationRule("form-settings", "ISO 32000-2 §12.7.3 table 224", ModificationLevel.LongTermData)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.Form } && change.Key switch
    {
        "Q" or "Type" => true,
        "DA" => ReaderDrawnFields.IsPlain(change.After, step.After) || !ReaderDrawnFields.After(step).Any(field => field.Terminal?.Inherited("DA") is null),
        "NeedAppearances" => step.After.View.Resolve(change.After) is PdfNull or PdfBoolean { Value: false },
        "SigFlags" => Flags(change.After, step.After) is >= 0 and <= 3 and var flags && (Flags(change.Before, step.Before) & ~flags) == 0,
        "DR" => KeepsFonts(change, step),
        _ => false,
    };

    public override string Describe(Change change) => "更新了表单默认设置 / The form's default settings were updated";

    private static long Flags(PdfObject? value, RevisionState state) => state.View.Resolve(value) is PdfInteger flags ? flags.Value : 0;

    private static bool KeepsFonts(Change change, RevisionStep step)
    {
        PdfDictionary? before = ReaderDrawnFields.Fonts(step.Before);
        PdfDictionary? after = ReaderDrawnFields.Fonts(step.After);
        return step.After.View.Resolve(change.After) is PdfDictionary
            && (before is null || before.Keys.All(name => step.Comparer.Same(before[name], after?[name])))
            && ReaderDrawnFields.After(step)
                .Select(field => ReaderDrawnFields.FontName(field, step.Before))
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .All(name => before?[name] is not null || after?[name] is not { } font || ReaderDrawnFields.IsPlainFont(font, step.After));
    }
}
