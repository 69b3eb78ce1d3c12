using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification;

/// <summary>What a signature says of itself, as written: for whoever compares; nothing here is vouched for.</summary>
/// <remarks>ISO 32000-2 §12.8.1 table 255; §12.8.2 (transforms); §12.7.5.5 (/Lock); RFC 5652 §11 (attributes).</remarks>
internal sealed record WrittenSignature
{
    public static WrittenSignature Nothing { get; } = new();

    /// <summary>/Type; null when it is missing.</summary>
    public string? Type { get; init; }

    /// <summary>/Filter: the handler that made it.</summary>
    public string? Filter { get; init; }

    /// <summary>/Name: who signs, in the words of the program. The certificate says who did.</summary>
    public string? Name { get; init; }

    /// <summary>/ByteRange, usable or not.</summary>
    public IReadOnlyList<long> ByteRange { get; init; } = [];

    /// <summary>The FieldMDP transforms.</summary>
    public IReadOnlyList<FieldMdp> FieldMdps { get; init; } = [];

    /// <summary>/Lock of its field.</summary>
    public FieldMdp? Lock { get; init; }

    /// <summary>The object identifiers of the signed attributes, in their order.</summary>
    public IReadOnlyList<string> SignedAttributes { get; init; } = [];

    /// <summary>The signing-time attribute (RFC 5652 §11.3); /M is another claim.</summary>
    public DateTimeOffset? SigningTimeAttribute { get; init; }

    public static WrittenSignature Of(SignatureDossier dossier)
    {
        PdfDictionary dictionary = dossier.Signature.Dictionary;
        return new WrittenSignature
        {
            Type = dossier.Signature.Type,
            Filter = (dossier.View.Resolve(dictionary["Filter"]) as PdfName)?.Value,
            Name = (dossier.View.Resolve(dictionary["Name"]) as PdfString)?.ToText(),
            ByteRange = dossier.Signature.WrittenByteRange,
            FieldMdps = dossier.Signature.FieldMdps,
            Lock = dossier.Signature.Lock,
            SignedAttributes = [.. (dossier.Facts.Signer?.SignedAttributes ?? []).Select(attribute => attribute.Oid)],
            SigningTimeAttribute = dossier.Facts.Signer?.SigningTime,
        };
    }
}
