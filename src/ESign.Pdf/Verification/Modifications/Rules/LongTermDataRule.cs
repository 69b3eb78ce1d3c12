using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>The document security store grew: certificates, CRLs and OCSP answers were added, none of the /VRI entries changed.</summary>
internal sealed class LongTermDataRule()
    : ModificationRule("long-term-data", "ISO 32000-2 §12.8.4.3; ETSI EN 319 142-1 §5.4", ModificationLevel.LongTermData)
{
    private static readonly string[] Lists = ["Certs", "CRLs", "OCSPs"];

    public override bool Explains(Change change, RevisionStep step)
    {
        if (change is not { Place: ChangePlace.Catalog, Key: "DSS" } || step.After.View.Resolve(change.After) is not PdfDictionary after)
        {
            return false;
        }

        PdfDictionary before = step.Before.View.Resolve(change.Before) as PdfDictionary ?? PdfDictionary.Empty;
        return before.Keys.Union(after.Keys).All(key => key is "VRI" or "Type" || Lists.Contains(key, StringComparer.Ordinal) || step.Comparer.Same(before[key], after[key]) || HoldsStreams(after[key], step))
            && Lists.All(list => Grows(before[list], after[list], step))
            && GrowsByEntries(before["VRI"], after["VRI"], step);
    }

    public override string Describe(Change change) => "添加了长期验证数据 / Validation data was added";

    /// <summary>Whether an entry that the standard does not know holds data as the others do; national profiles keep policies here.</summary>
    public static bool HoldsStreams(PdfObject? value, RevisionStep step) =>
        step.After.View.Resolve(value) is PdfArray array && array.All(item => step.After.View.Resolve(item) is PdfStream);

    /// <summary>What was stored may be left out, but not be replaced by something else under its number.</summary>
    private static bool Grows(PdfObject? before, PdfObject? after, RevisionStep step)
    {
        if (step.After.View.Resolve(after) is not PdfArray now)
        {
            return step.After.View.Resolve(after) is PdfNull;
        }

        var kept = (step.Before.View.Resolve(before) as PdfArray ?? PdfArray.Empty).OfType<PdfReference>().ToHashSet();
        return now.All(item => step.After.View.Resolve(item) is PdfStream && (item is not PdfReference reference || !kept.Contains(reference) || step.Comparer.Same(item, item)));
    }

    private static bool GrowsByEntries(PdfObject? before, PdfObject? after, RevisionStep step)
    {
        PdfDictionary old = step.Before.View.Resolve(before) as PdfDictionary ?? PdfDictionary.Empty;
        PdfDictionary now = step.After.View.Resolve(after) as PdfDictionary ?? PdfDictionary.Empty;
        return old.Keys.All(key => key == "Type" || step.Comparer.Same(old[key], now[key]))
            && now.Keys.All(key => key == "Type" || old.ContainsKey(key) || (IsDigest(key) && step.After.View.Resolve(now[key]) is PdfDictionary));
    }

    /// <summary>The SHA-1 of a signature in hexadecimal.</summary>
    private static bool IsDigest(string key) => key.Length == 40 && key.All(char.IsAsciiHexDigit);
}
