using System.Globalization;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax.CrossReference;

namespace ESign.Pdf.Verification;

/// <summary>Finds every signature of a document: those it shows, and those an earlier revision showed and a later one took away.</summary>
internal sealed class SignatureFinder(PdfDocument document, DocumentHistory history)
{
    /// <summary>Signatures judged in one document; contracts with hundreds of parties stay below.</summary>
    public const int MaximumSignatures = 2_000;

    /// <summary>Places looked at for signatures that nothing leads to.</summary>
    private const int MaximumStrays = 64;

    /// <summary>Numbers of a /ByteRange that are read: four are usable (§12.8.1), more are shown as they were written.</summary>
    private const int MaximumRangeNumbers = 64;

    /// <summary>Fields that are looked at, those of every revision counted: two thousand revisions of a form with five thousand fields are fewer.</summary>
    private const long MaximumFields = 12_000_000;

    private readonly HashSet<PdfObject> _seen = [];
    private readonly List<SignatureUnderTest> _found = [];
    private long _fields;

    /// <summary>The signatures in the order of their revisions, oldest first.</summary>
    /// <exception cref="PdfFormatException">There are more than <see cref="MaximumSignatures"/>, or the revisions have more fields than can be looked at.</exception>
    public IReadOnlyList<SignatureUnderTest> Find()
    {
        Collect(document, isRemoved: false);
        for (int i = history.Count - 2; i >= 0; i--)
        {
            Collect(history[i], isRemoved: true);
        }

        if (_found.Count == 0)
        {
            CollectStrays();
        }

        return [.. _found.OrderBy(signature => signature.ByteRange?.End ?? long.MaxValue)];
    }

    private void Collect(PdfDocument view, bool isRemoved)
    {
        List<SignatureField> fields = [];
        try
        {
            // The view's own form would be kept for every revision, with all its fields.
            IReadOnlyList<FormField> form = new AcroForm(view).Fields;
            _fields += form.Count;
            fields.AddRange(SignedFields(view, form));
            if (!isRemoved)
            {
                fields.AddRange(LooseSignatures.Of(view, view.Pages.All(), form).Select(field => new SignatureField(view, field)));
            }
        }
        catch (PdfFormatException) when (isRemoved)
        {
            // An older revision whose form cannot be read takes nothing away from what the newest shows.
        }

        if (_fields > MaximumFields)
        {
            throw new PdfFormatException(PdfErrorCode.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"各修订版的表单域合计超过 {MaximumFields} 个 / more than {MaximumFields} form fields in all revisions together"), clause: "12.7.4");
        }

        foreach (IGrouping<PdfObject, SignatureField> group in fields.GroupBy(Identity))
        {
            if (!_seen.Add(group.Key))
            {
                continue;
            }

            if (_found.Count == MaximumSignatures)
            {
                // A signature that is not judged must not hide behind those that are.
                throw new PdfFormatException(PdfErrorCode.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"签名超过 {MaximumSignatures} 个 / more than {MaximumSignatures} signatures"), clause: "12.8");
            }

            _found.Add(Describe(view, [.. group], isRemoved));
        }
    }

    /// <summary>
    /// Signature dictionaries that no form leads to: the file was put together anew round a signed one. That is no unsigned
    /// document, and must not be told as one.
    /// </summary>
    private void CollectStrays()
    {
        long at = 0;
        for (int i = 0; i < MaximumStrays && (at = document.Source.IndexOf("/ByteRange"u8, at, document.Source.Length)) >= 0; i++, at++)
        {
            if (FindObjectBefore(at) is { } reference
                && document.Resolve(reference) is PdfDictionary value
                && document.Resolve(value["ByteRange"]) is PdfArray
                && document.Resolve(value["Contents"]) is PdfString { Bytes.IsEmpty: false }
                && !GrantsUsageRights(value)
                && _seen.Add(reference))
            {
                var field = new FieldNode(null, null, new PdfDictionary(("FT", new PdfName("Sig")), ("V", reference)), "", 0);
                _found.Add(Describe(document, [new SignatureField(document, new FormField(document, field, []))], isRemoved: true) with { IsStray = true });
            }
        }
    }

    /// <summary>ISO 32000-2 §12.8.2.3: a reader's maker unlocks functions of the reader with it; no party signed anything.</summary>
    private bool GrantsUsageRights(PdfDictionary value) =>
        Transforms(value, document).Any(transform => document.Resolve(transform["TransformMethod"]) is PdfName { Value: "UR" or "UR3" });

    /// <summary>The object that begins last before a position.</summary>
    private PdfReference? FindObjectBefore(long position)
    {
        CrossReferenceTable table = document.Objects.Table;
        (int Number, XrefEntry Entry) best = default;
        foreach (XrefSection section in table.Sections)
        {
            foreach (int number in section.Numbers())
            {
                if (section.TryFind(number, document.Source, table.Shift, out XrefEntry entry) && entry.Kind == XrefEntryKind.InFile && entry.Position <= position && entry.Position > best.Entry.Position)
                {
                    best = (number, entry);
                }
            }
        }

        return best.Number > 0 ? new PdfReference(best.Number, best.Entry.Generation) : null;
    }

    private static PdfObject Identity(SignatureField place) => place.ValueReference ?? (PdfObject)place.Value!;

    /// <summary>Fields of type Sig with a value; and fields of any type whose value is shaped like a signature, so that none goes unseen.</summary>
    private static IEnumerable<SignatureField> SignedFields(PdfDocument view, IReadOnlyList<FormField> form)
    {
        foreach (FormField field in form)
        {
            if (view.Resolve(field.Value) is PdfDictionary value
                && (string.Equals(field.FieldType, "Sig", StringComparison.Ordinal) || value.ContainsKey("ByteRange")))
            {
                yield return new SignatureField(view, field);
            }
        }
    }

    private SignatureUnderTest Describe(PdfDocument view, IReadOnlyList<SignatureField> places, bool isRemoved)
    {
        PdfDictionary shown = places[0].Value!;
        PdfReference? reference = places[0].ValueReference;
        ByteRange? range = ReadByteRange(shown, view, document.Source.Length);
        int revision = range is { } covered ? FindRevision(covered) : -1;
        PdfDocument signedView = revision >= 0 ? history[revision] : view;
        PdfDictionary dictionary = (reference is null ? null : signedView.Resolve(reference) as PdfDictionary) ?? shown;
        if (!ReferenceEquals(dictionary, shown) && ReadByteRange(dictionary, signedView, document.Source.Length) is { } signedRange && signedRange != range)
        {
            // A later revision replaced the dictionary under the same number: what counts is what was signed.
            range = signedRange;
            revision = FindRevision(signedRange);
            signedView = revision >= 0 ? history[revision] : signedView;
        }

        (int? docMdp, IReadOnlyList<FieldMdp> fieldMdps) = ReadTransforms(dictionary, signedView);
        string? type = (signedView.Resolve(dictionary["Type"]) as PdfName)?.Value;
        return new SignatureUnderTest
        {
            Places = places,
            Reference = reference,
            Dictionary = dictionary,
            ShownDictionary = shown,
            ByteRange = range,
            WrittenByteRange = ReadNumbers(dictionary, signedView),
            RevisionIndex = revision,
            IsRemoved = isRemoved,
            Type = type,
            IsDocumentTimestamp = type is "DocTimeStamp" || signedView.Resolve(dictionary["SubFilter"]) is PdfName { Value: "ETSI.RFC3161" },
            DocMdp = docMdp,
            FieldMdps = fieldMdps,
            Lock = ReadLock(places[0], signedView),
        };
    }

    private static ByteRange? ReadByteRange(PdfDictionary dictionary, PdfDocument view, long fileLength) =>
        // The sums cannot overflow: each part was compared with the file's length.
        ReadNumbers(dictionary, view) is [0, >= 0 and var length, >= 0 and var start, >= 0 and var rest]
            && length <= fileLength && start <= fileLength && rest <= fileLength - start && length < start
            ? new ByteRange(length, start, rest)
            : null;

    private static IReadOnlyList<long> ReadNumbers(PdfDictionary dictionary, PdfDocument view)
    {
        if (view.Resolve(dictionary["ByteRange"]) is not PdfArray { Count: <= MaximumRangeNumbers } array)
        {
            return [];
        }

        long[] numbers = [.. array.Select(view.Resolve).OfType<PdfInteger>().Select(number => number.Value)];
        return numbers.Length == array.Count ? numbers : [];
    }

    /// <summary>The newest revision whose end-of-file marker is covered.</summary>
    private int FindRevision(ByteRange range)
    {
        for (int i = history.Count - 1; i >= 0; i--)
        {
            if (history.MarkerEnd(i) <= range.End)
            {
                return i;
            }
        }

        return -1;
    }

    private static (int? DocMdp, IReadOnlyList<FieldMdp> FieldMdps) ReadTransforms(PdfDictionary signature, PdfDocument view)
    {
        int? docMdp = null;
        var fieldMdps = new List<FieldMdp>();
        foreach (PdfDictionary transform in Transforms(signature, view))
        {
            PdfDictionary parameters = view.Resolve(transform["TransformParams"]) as PdfDictionary ?? PdfDictionary.Empty;
            switch ((view.Resolve(transform["TransformMethod"]) as PdfName)?.Value)
            {
                case "DocMDP":
                    docMdp = view.Resolve(parameters["P"]) is PdfInteger { Value: >= 1 and <= 3 } permissions ? (int)permissions.Value : 2;
                    break;
                case "FieldMDP":
                    fieldMdps.Add(FieldMdp.Read(parameters, view));
                    break;
            }
        }

        return (docMdp, fieldMdps);
    }

    private static IEnumerable<PdfDictionary> Transforms(PdfDictionary signature, PdfDocument view) =>
        (view.Resolve(signature["Reference"]) as PdfArray ?? PdfArray.Empty).Take(64).Select(view.Resolve).OfType<PdfDictionary>();

    private static FieldMdp? ReadLock(SignatureField place, PdfDocument signedView)
    {
        PdfDictionary field = place.Field.Reference is { } reference && signedView.Resolve(reference) is PdfDictionary asSigned ? asSigned : place.Field.Dictionary;
        return signedView.Resolve(field["Lock"]) is PdfDictionary written ? FieldMdp.Read(written, signedView) : null;
    }
}
