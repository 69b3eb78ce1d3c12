using ESign.Pdf.Objects;

namespace ESign.Pdf.Content;

/// <summary>Tolerant reading of typed values: what is missing or of another kind is the fallback, never an error.</summary>
internal static class ObjectReading
{
    public static double Number(this IObjectResolver resolver, PdfObject? value, double fallback) => resolver.Resolve(value) switch
    {
        PdfInteger integer => integer.Value,
        PdfReal real => real.Value,
        _ => fallback,
    };

    public static int Integer(this IObjectResolver resolver, PdfObject? value, int fallback)
    {
        double number = resolver.Number(value, fallback);
        return number is >= int.MinValue and <= int.MaxValue ? (int)number : fallback;
    }

    public static string? Name(this IObjectResolver resolver, PdfObject? value) => (resolver.Resolve(value) as PdfName)?.Value;

    public static PdfDictionary? Dictionary(this IObjectResolver resolver, PdfObject? value) => resolver.Resolve(value) switch
    {
        PdfDictionary dictionary => dictionary,
        PdfStream stream => stream.Dictionary,
        _ => null,
    };

    public static PdfArray? Array(this IObjectResolver resolver, PdfObject? value) => resolver.Resolve(value) as PdfArray;

    public static PdfMatrix? Matrix(this IObjectResolver resolver, PdfObject? value) =>
        resolver.Array(value) is { Count: 6 } m
            ? new PdfMatrix(resolver.Number(m[0], 0), resolver.Number(m[1], 0), resolver.Number(m[2], 0), resolver.Number(m[3], 0), resolver.Number(m[4], 0), resolver.Number(m[5], 0))
            : null;

    /// <summary>The decoded bytes of a stream; none when it is missing or damaged, so that one broken font does not end a search.</summary>
    public static ReadOnlyMemory<byte> DecodeOrEmpty(this IObjectResolver resolver, PdfObject? value)
    {
        try
        {
            return resolver.Resolve(value) is PdfStream stream ? resolver.Decode(stream) : default;
        }
        catch (PdfFormatException e) when (e.Code != PdfErrorCode.LimitExceeded)
        {
            return default;
        }
    }
}
