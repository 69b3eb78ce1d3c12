using ESign.Pdf;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Testing;

/// <summary>Touches everything a document has: every object reachable from the trailer, streams decoded.</summary>
public static class WholeDocument
{
    /// <summary>Objects visited before a test has seen enough.</summary>
    private const int Enough = 20_000;

    public static int Visit(PdfDocument document)
    {
        foreach (Page page in document.Pages.All().Take(1000))
        {
            _ = page.Geometry;
        }

        _ = document.SignatureFields.Count;
        _ = document.Revisions.Count;
        var visited = new HashSet<PdfReference>();
        var stack = new Stack<PdfObject>([document.Trailer]);
        while (stack.TryPop(out PdfObject? value) && visited.Count < Enough)
        {
            switch (value)
            {
                case PdfReference reference when visited.Add(reference):
                    stack.Push(document.Resolve(reference));
                    break;
                case PdfArray array:
                    foreach (PdfObject item in array)
                    {
                        stack.Push(item);
                    }

                    break;
                case PdfDictionary dictionary:
                    foreach ((_, PdfObject item) in dictionary)
                    {
                        stack.Push(item);
                    }

                    break;
                case PdfStream stream:
                    stack.Push(stream.Dictionary);
                    TryDecode(document, stream);
                    break;
                default:
                    break;
            }
        }

        return visited.Count;
    }

    private static void TryDecode(PdfDocument document, PdfStream stream)
    {
        try
        {
            _ = document.Decode(stream);
        }
        catch (PdfFormatException)
        {
            // A damaged stream is an answer; the rest of the document is still to be seen.
        }
    }
}
