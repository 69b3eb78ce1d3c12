using ESign.Pdf.Document;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>What the signatures in force allow to be done later: the strictest of all of them together.</summary>
/// <remarks>ISO 32000-2 §12.8.2.2 (DocMDP), §12.8.2.4 (FieldMDP), §12.7.5.5 (/Lock with its /P).</remarks>
internal sealed class Restrictions
{
    private readonly List<FieldMdp> _locks = [];

    public Restrictions(IEnumerable<SignatureUnderTest> signatures)
    {
        foreach (SignatureUnderTest signature in signatures)
        {
            Tighten(signature.DocMdp);
            IsCertified |= signature.DocMdp is not null;
            foreach (FieldMdp locked in signature.Lock is null ? signature.FieldMdps : signature.FieldMdps.Append(signature.Lock))
            {
                Tighten(locked.Permissions);
                _locks.Add(locked);
            }
        }
    }

    /// <summary>1 nothing, 2 forms, 3 annotations too; null when nobody said anything: then forms, as the common verifiers have it.</summary>
    public int? Permissions { get; private set; }

    public bool IsCertified { get; }

    public bool AllowsForms => Permissions is null or >= 2;

    public bool AllowsAnnotations => Permissions == 3;

    /// <summary>A new signature field is an annotation that nobody foresaw: only where nothing, or annotations, are certified.</summary>
    public bool AllowsNewSignatureFields => Permissions is null or 3 || (!IsCertified && AllowsForms);

    /// <summary>Whether a field is locked, or a field below it that inherits from it.</summary>
    public bool Locks(string field) =>
        _locks.Exists(locked => locked.Locks(field) || (locked.Action == "Include" && locked.Fields.Any(name => name.StartsWith(field + ".", StringComparison.Ordinal))));

    private void Tighten(int? permissions) =>
        Permissions = permissions is null ? Permissions : Math.Min(permissions.Value, Permissions ?? 3);
}
