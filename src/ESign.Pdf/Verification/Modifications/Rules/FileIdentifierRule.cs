using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>The file identifier is new in every revision: its second half should be, its first half should not, but often is.</summary>
/// <remarks>Where the file is encrypted its first half is part of the key and must stay.</remarks>
internal sealed class FileIdentifierRule()
    : ModificationRule("file-identifier", "ISO 32000-2 §14.4", ModificationLevel.LongTermData)
{
    public override bool Explains(Change change, RevisionStep step) =>
        change is { Place: ChangePlace.Trailer, Key: "ID" }
        && step.After.View.Resolve(change.After) is PdfArray { Count: 2 } after
        && (!step.After.View.IsEncrypted || (step.Before.View.Resolve(change.Before) is PdfArray { Count: > 0 } before && step.Comparer.Same(before[0], after[0])));

    public override string Describe(Change change) => "更新了文件标识 / The file identifier was updated";
}
