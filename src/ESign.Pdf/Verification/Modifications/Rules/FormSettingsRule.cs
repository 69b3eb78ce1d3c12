using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>What fields that are filled in later start from: default resources, default appearance, the signature flags.</summary>
internal sealed class FormSettingsRule()
    : ModificationRule("form-settings", "ISO 32000-2 §12.7.3 table 224", ModificationLevel.LongTermData)
{
    public override bool Explains(Change change, RevisionStep step) =>
        change is { Place: ChangePlace.Form, Key: "DR" or "DA" or "Q" or "NeedAppearances" or "Type" }
        || (change is { Place: ChangePlace.Form, Key: "SigFlags" } && Flags(change.Before, step.Before) is var before && (before & ~Flags(change.After, step.After)) == 0);

    public override string Describe(Change change) => "更新了表单默认设置 / The form's default settings were updated";

    private static long Flags(PdfObject? value, RevisionState state) => state.View.Resolve(value) is PdfInteger flags ? flags.Value : 0;
}
