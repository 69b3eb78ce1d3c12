namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>
/// An entry that the standard does not know was left out of the trailer or set there; readers do not look at it. An object of the
/// document that was overwritten is a change of the document, whatever else leads to it.
/// </summary>
internal sealed class PrivateTrailerRule()
    : ModificationRule("private-trailer-entry", "ISO 32000-2 §7.5.5 table 15, annex E", ModificationLevel.LongTermData)
{
    private static readonly HashSet<string> Standard = new(StringComparer.Ordinal) { "Size", "Prev", "Root", "Encrypt", "Info", "ID", "XRefStm", "AuthCode" };

    public override bool Explains(Change change, RevisionStep step) =>
        change.Place == ChangePlace.Trailer
        && !Standard.Contains(change.Key)
        && !(change.Object is { } overwritten && step.IsPartOfTheDocument(overwritten));

    public override string Describe(Change change) => $"更改了文件尾的私有项 /{change.Key} / The private trailer entry /{change.Key} was changed";
}
