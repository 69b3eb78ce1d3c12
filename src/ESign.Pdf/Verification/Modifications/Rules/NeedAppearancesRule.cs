namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>Readers are told to draw the fields anew from their values, as fillers without fonts do.</summary>
internal sealed class NeedAppearancesRule()
    : ModificationRule("need-appearances", "ISO 32000-2 §12.7.3 table 224", ModificationLevel.FormFilling)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.Form, Key: "NeedAppearances" };

    public override string Describe(Change change) => "要求阅读器重新生成域外观 / Readers are told to draw the fields anew";
}
