using System.Collections.Frozen;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>The document security store was written anew, and entries that were there changed.</summary>
/// <remarks>
/// Writers should only add (ETSI EN 319 142-1 §5.4.2), and widely used ones rewrite /VRI entries all the same. Certificates, CRLs
/// and OCSP answers stand for themselves by their own signatures, so that nothing is proven by changing them.
/// </remarks>
internal sealed class LongTermDataRewrittenRule()
    : ModificationRule("long-term-data-rewritten", "ISO 32000-2 §12.8.4.3; ETSI EN 319 142-1 §5.4.2", ModificationLevel.LongTermData)
{
    private static readonly FrozenSet<string> Lists = FrozenSet.Create(StringComparer.Ordinal, "Certs", "CRLs", "OCSPs", "Cert", "CRL", "OCSP");

    public override bool Explains(Change change, RevisionStep step)
    {
        if (change is not { Place: ChangePlace.Catalog, Key: "DSS" } || step.After.View.Resolve(change.After) is not PdfDictionary store)
        {
            return false;
        }

        PdfDictionary before = step.Before.View.Resolve(change.Before) as PdfDictionary ?? PdfDictionary.Empty;
        PdfObject related = step.After.View.Resolve(store["VRI"]);
        return store.All(entry => entry.Key is "VRI" || IsKnown(entry.Key, entry.Value, step) || step.Comparer.Same(before[entry.Key], entry.Value) || LongTermDataRule.HoldsStreams(entry.Value, step))
            && (related is PdfNull || (related is PdfDictionary signatures && signatures.All(entry => entry.Key == "Type" || IsRelated(entry.Value, step))));
    }

    public override string Describe(Change change) =>
        "长期验证数据被重写，原有条目有变化 / The validation data was written anew; entries that were there changed";

    private static bool IsRelated(PdfObject value, RevisionStep step) =>
        step.After.View.Resolve(value) is PdfDictionary entry
        && entry.All(item => IsKnown(item.Key, item.Value, step) || (item.Key == "TU" && step.After.View.Resolve(item.Value) is PdfString) || (item.Key == "TS" && step.After.View.Resolve(item.Value) is PdfStream));

    private static bool IsKnown(string key, PdfObject value, RevisionStep step) =>
        key == "Type" || (Lists.Contains(key) && step.After.View.Resolve(value) is PdfArray array && array.All(item => step.After.View.Resolve(item) is PdfStream or PdfNull));
}
