using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>The version was raised, which an update may only do here.</summary>
internal sealed class VersionRule()
    : ModificationRule("version", "ISO 32000-2 §7.7.2", ModificationLevel.LongTermData)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.Catalog, Key: "Version", After: PdfName };

    public override string Describe(Change change) => "更新了 PDF 版本号 / The PDF version was raised";
}
