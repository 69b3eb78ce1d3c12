using ESign.Pdf.Objects;

namespace ESign.Pdf.Content;

/// <summary>The appearance that an annotation shows on its page: filled form fields and text notes are text that a person sees.</summary>
/// <remarks>
/// ISO 32000-2 §12.5.5, algorithm "appearance streams". Signature widgets are left out: what a seal or signature says is
/// not a place to put the next one.
/// </remarks>
internal static class AnnotationText
{
    /// <summary>Bits 2 and 6 of <c>/F</c> (table 167): Hidden and NoView.</summary>
    private const int InvisibleFlags = (1 << 1) | (1 << 5);

    /// <summary>The normal appearance and the matrix that puts it on the page; <see langword="null"/> when nothing shows.</summary>
    public static (PdfStream Appearance, PdfMatrix Matrix)? Find(IObjectResolver resolver, PdfDictionary annotation)
    {
        if ((resolver.Integer(annotation["F"], 0) & InvisibleFlags) != 0
            || resolver.Name(annotation["Subtype"]) == "Popup"
            || IsSignature(resolver, annotation)
            || resolver.Array(annotation["Rect"]) is not { Count: >= 4 } corners
            || Normal(resolver, annotation) is not { } appearance)
        {
            return null;
        }

        PdfRectangle target = Rectangle(resolver, corners);
        PdfRectangle box = resolver.Array(appearance.Dictionary["BBox"]) is { Count: >= 4 } declared ? Rectangle(resolver, declared) : target;
        PdfRectangle drawn = (resolver.Matrix(appearance.Dictionary["Matrix"]) ?? PdfMatrix.Identity).Apply(box);
        double scaleX = drawn.Width > 0 ? target.Width / drawn.Width : 1;
        double scaleY = drawn.Height > 0 ? target.Height / drawn.Height : 1;
        return (appearance, new PdfMatrix(scaleX, 0, 0, scaleY, target.Left - (drawn.Left * scaleX), target.Bottom - (drawn.Bottom * scaleY)));
    }

    private static bool IsSignature(IObjectResolver resolver, PdfDictionary annotation) =>
        resolver.Name(annotation["FT"] ?? resolver.Dictionary(annotation["Parent"])?["FT"]) == "Sig";

    /// <summary>One stream, or one for each state with <c>/AS</c> naming the current one.</summary>
    private static PdfStream? Normal(IObjectResolver resolver, PdfDictionary annotation)
    {
        PdfObject normal = resolver.Resolve(resolver.Dictionary(annotation["AP"])?["N"]);
        return normal is PdfDictionary states && resolver.Name(annotation["AS"]) is { } state
            ? resolver.Resolve(states[state]) as PdfStream
            : normal as PdfStream;
    }

    private static PdfRectangle Rectangle(IObjectResolver resolver, PdfArray corners) =>
        new(resolver.Number(corners[0], 0), resolver.Number(corners[1], 0), resolver.Number(corners[2], 0), resolver.Number(corners[3], 0));
}
