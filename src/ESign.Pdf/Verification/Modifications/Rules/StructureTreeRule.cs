using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>A new field was entered in the structure of a tagged document; what was there stayed.</summary>
/// <remarks>The structure says in which order a document is read aloud and what its parts are; it shows nowhere.</remarks>
internal sealed class StructureTreeRule()
    : ModificationRule("structure-tree", "ISO 32000-2 §14.7.2, §14.7.5", ModificationLevel.FormFilling)
{
    public override bool Explains(Change change, RevisionStep step) => change switch
    {
        { Place: ChangePlace.Page, Key: "StructParents", Before: null, After: PdfInteger } => true,
        { Place: ChangePlace.Catalog, Key: "StructTreeRoot" } => step.After.View.Resolve(change.After) is PdfDictionary after
            && Grows(step.Before.View.Resolve(change.Before) as PdfDictionary ?? PdfDictionary.Empty, after, step),
        _ => false,
    };

    public override string Describe(Change change) => "新域被登记到文档结构树 / A new field was entered in the structure tree";

    private static bool Grows(PdfDictionary before, PdfDictionary after, RevisionStep step) => before.Keys.All(key => key switch
    {
        "K" => Holds(step.Before.View.Resolve(before[key]), before[key]!, after[key], step),
        "RoleMap" or "ClassMap" => KeepsEntries(before[key], after[key], step),
        "ParentTree" => KeepsNumbers(before[key], after[key], step),
        "ParentTreeNextKey" => step.After.View.Resolve(after[key]) is PdfInteger,
        _ => step.Comparer.Same(before[key], after[key]),
    });

    private static bool Holds(PdfObject resolved, PdfObject written, PdfObject? after, RevisionStep step)
    {
        PdfArray old = resolved as PdfArray ?? new PdfArray(written);
        PdfArray now = step.After.View.Resolve(after) as PdfArray ?? new PdfArray(after ?? PdfNull.Instance);
        return now.Count >= old.Count && old.Select((kid, i) => step.Comparer.Same(kid, now[i]) || (old.Count == 1 && GrowsInPlace(kid, now[i], step))).All(same => same);
    }

    /// <summary>The outermost element, where the tree has one: it gained kids at its end and is otherwise as it was.</summary>
    private static bool GrowsInPlace(PdfObject before, PdfObject after, RevisionStep step) =>
        before is PdfReference && before.Equals(after)
        && step.Before.View.Resolve(before) is PdfDictionary old
        && step.After.View.Resolve(after) is PdfDictionary now
        && now.Keys.All(old.ContainsKey)
        && old.Keys.All(key => key switch
        {
            "K" => KeepsKids(step.Before.View.Resolve(old[key]) as PdfArray, step.After.View.Resolve(now[key]) as PdfArray, step),
            "P" => old[key]!.Equals(now[key]),
            _ => step.Comparer.Same(old[key], now[key]),
        });

    private static bool KeepsKids(PdfArray? old, PdfArray? now, RevisionStep step) =>
        old is not null && now is not null && now.Count >= old.Count && old.Select((kid, i) => step.Comparer.Same(kid, now[i])).All(same => same);

    private static bool KeepsEntries(PdfObject? before, PdfObject? after, RevisionStep step) =>
        step.Before.View.Resolve(before) is not PdfDictionary old
        || (step.After.View.Resolve(after) is PdfDictionary now && old.Keys.All(key => step.Comparer.Same(old[key], now[key])));

    /// <summary>A number tree in one leaf keeps its pairs; a larger one must be as it was.</summary>
    private static bool KeepsNumbers(PdfObject? before, PdfObject? after, RevisionStep step)
    {
        if (step.Comparer.Same(before, after))
        {
            return true;
        }

        return step.Before.View.Resolve(before) is PdfDictionary old
            && step.After.View.Resolve(after) is PdfDictionary now
            && step.Before.View.Resolve(old["Nums"]) is PdfArray oldPairs
            && step.After.View.Resolve(now["Nums"]) is PdfArray newPairs
            && newPairs.Count >= oldPairs.Count
            && oldPairs.Select((item, i) => step.Comparer.Same(item, newPairs[i])).All(same => same);
    }
}
