using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification;

/// <summary>A signature of the document, and what its own revision says about it.</summary>
/// <remarks>ISO 32000-2 §12.8.1. Several fields may share one signature dictionary: that is one signature in several places.</remarks>
internal sealed record SignatureUnderTest
{
    /// <summary>Its fields: as they are in the newest revision, or in the last that had them when <see cref="IsRemoved"/>. Never empty.</summary>
    public required IReadOnlyList<SignatureField> Places { get; init; }

    /// <summary>The fully qualified name of the first field.</summary>
    public string FieldName => Places[0].Name;

    /// <summary>The widgets of all its fields.</summary>
    public IEnumerable<Widget> Widgets => Places.SelectMany(place => place.Field.Widgets);

    /// <summary>The signature dictionary's reference; null when it is (wrongly) direct.</summary>
    public PdfReference? Reference { get; init; }

    /// <summary>The signature dictionary as of the signed revision; as of the newest where there is no signed revision.</summary>
    public required PdfDictionary Dictionary { get; init; }

    /// <summary>The signature dictionary as the fields show it today; an honest later revision leaves it as it was.</summary>
    public required PdfDictionary ShownDictionary { get; init; }

    /// <summary>What it covers; null when /ByteRange is missing or has another shape.</summary>
    public ByteRange? ByteRange { get; init; }

    /// <summary>The numbers of /ByteRange, usable or not; empty when it is missing or holds something else.</summary>
    public IReadOnlyList<long> WrittenByteRange { get; init; } = [];

    /// <summary>The index in <see cref="PdfDocument.Revisions"/> of the revision that it signs; -1 when its end is not inside any.</summary>
    public int RevisionIndex { get; init; } = -1;

    /// <summary>Whether no field of the newest revision shows it.</summary>
    public bool IsRemoved { get; init; }

    /// <summary>Whether no field of any revision shows it.</summary>
    public bool IsStray { get; init; }

    /// <summary>/Type DocTimeStamp or /SubFilter ETSI.RFC3161 (§12.8.5).</summary>
    public bool IsDocumentTimestamp { get; init; }

    /// <summary>/Type as written; null when it is missing.</summary>
    public string? Type { get; init; }

    /// <summary>Whether it is a document timestamp by its /Type too, which table 255 requires: only such a one makes up a baseline level.</summary>
    public bool IsConformingTimestamp => IsDocumentTimestamp && Type is "DocTimeStamp";

    /// <summary>/P of its DocMDP transform: 1, 2 or 3 (2 when absent, table 257); null when it is no certification.</summary>
    public int? DocMdp { get; init; }

    /// <summary>Its FieldMDP transforms; none in nearly every signature.</summary>
    public IReadOnlyList<FieldMdp> FieldMdps { get; init; } = [];

    /// <summary>/Lock of its first field as of the signed revision; signers that obey it also write the transform.</summary>
    public FieldMdp? Lock { get; init; }
}
