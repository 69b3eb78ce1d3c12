using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>The second half of the file identifier is new in every revision; the first stays.</summary>
internal sealed class FileIdentifierRule()
    : ModificationRule("file-identifier", "ISO 32000-2 §14.4", ModificationLevel.LongTermData)
{
    public override bool Explains(Change change, RevisionStep step) =>
        change is { Place: ChangePlace.Trailer, Key: "ID" }
        && step.After.View.Resolve(change.After) is PdfArray { Count: 2 } after
        && (step.Before.View.Resolve(change.Before) is not PdfArray { Count: > 0 } before || step.Comparer.Same(before[0], after[0]));

    public override string Describe(Change change) => "更新了文件标识 / The file identifier was updated";
}
