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

    private static bool Grows(PdfDictionary before, PdfDictionary after, RevisionStep step) =>
        (before.ContainsKey("K") || HoldsObjectsOnly([after["K"] ?? PdfNull.Instance], step))
        && before.Keys.All(key => key switch
        {
            "K" => Holds(step.Before.View.Resolve(before[key]), before[key]!, after[key], step),
            "RoleMap" or "ClassMap" => KeepsEntries(before[key], after[key], step),
            "ParentTree" => KeepsNumbers(before[key], after[key], step),
            "ParentTreeNextKey" => step.After.View.Resolve(after[key]) is PdfInteger,
            _ => Same(before[key], after[key], step),
        });

    private static bool Same(PdfObject? before, PdfObject? after, RevisionStep step) => step.Comparer.Same(before, after, "StructTreeRoot");

    private static bool Holds(PdfObject resolved, PdfObject written, PdfObject? after, RevisionStep step)
    {
        PdfArray old = resolved as PdfArray ?? new PdfArray(written);
        PdfArray now = step.After.View.Resolve(after) as PdfArray ?? new PdfArray(after ?? PdfNull.Instance);
        return KeepsKids(old, now, (kid, same) => Same(kid, same, step) || (old.Count == 1 && GrowsInPlace(kid, same, step)), step);
    }

    /// <summary>The outermost element, where the tree has one: it gained kids at its end and is otherwise as it was.</summary>
    private static bool GrowsInPlace(PdfObject before, PdfObject after, RevisionStep step) =>
        before is PdfReference && before.Equals(after)
        && step.Before.View.Resolve(before) is PdfDictionary old
        && step.After.View.Resolve(after) is PdfDictionary now
        && now.Keys.All(old.ContainsKey)
        && old.Keys.All(key => key switch
        {
            "K" => step.Before.View.Resolve(old[key]) is PdfArray kids
                && step.After.View.Resolve(now[key]) is PdfArray more
                && KeepsKids(kids, more, (kid, same) => Same(kid, same, step), step),
            "P" => old[key]!.Equals(now[key]),
            _ => Same(old[key], now[key], step),
        });

    private static bool KeepsKids(PdfArray old, PdfArray now, Func<PdfObject, PdfObject, bool> isKept, RevisionStep step) =>
        now.Count >= old.Count && old.Select((kid, i) => isKept(kid, now[i])).All(kept => kept) && HoldsObjectsOnly(now.Skip(old.Count), step);

    /// <summary>
    /// Whether new elements stand for annotations (object references, §14.7.5.3). One that takes marked content of a page, or
    /// has text to be read in place of something, says what nobody signed to whoever listens.
    /// </summary>
    private static bool HoldsObjectsOnly(IEnumerable<PdfObject> kids, RevisionStep step)
    {
        var seen = new HashSet<int>();
        var stack = new Stack<PdfObject>(kids);
        while (stack.TryPop(out PdfObject? kid))
        {
            step.Budget.Spend();
            if (kid is PdfReference reference && !seen.Add(reference.Number))
            {
                continue;
            }

            switch (step.After.View.Resolve(kid))
            {
                case PdfInteger:
                case PdfDictionary element when element.ContainsKey("MCID") || element.ContainsKey("ActualText"):
                    return false;
                case PdfDictionary { } element when element["K"] is { } below:
                    stack.Push(below);
                    break;
                case PdfArray several:
                    foreach (PdfObject item in several)
                    {
                        stack.Push(item);
                    }

                    break;
            }
        }

        return true;
    }

    private static bool KeepsEntries(PdfObject? before, PdfObject? after, RevisionStep step) =>
        step.Before.View.Resolve(before) is not PdfDictionary old
        || (step.After.View.Resolve(after) is PdfDictionary now && old.Keys.All(key => Same(old[key], now[key], step)));

    /// <summary>A number tree in one leaf keeps its pairs; a larger one must be as it was.</summary>
    private static bool KeepsNumbers(PdfObject? before, PdfObject? after, RevisionStep step)
    {
        if (Same(before, after, step))
        {
            return true;
        }

        return step.Before.View.Resolve(before) is PdfDictionary old
            && step.After.View.Resolve(after) is PdfDictionary now
            && step.Before.View.Resolve(old["Nums"]) is PdfArray oldPairs
            && step.After.View.Resolve(now["Nums"]) is PdfArray newPairs
            && newPairs.Count >= oldPairs.Count
            && oldPairs.Select((item, i) => Same(item, newPairs[i], step)).All(same => same);
    }
}
