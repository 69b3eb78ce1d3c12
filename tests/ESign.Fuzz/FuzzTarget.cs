using ESign.Pdf;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Testing;

namespace ESign.Fuzz;

/// <summary>Does to a file what ESign does: opens it, reads all of it, appends to it, reads that again.</summary>
public static class FuzzTarget
{
    private static readonly Action<Span<byte>> Fixed = static span => span.Fill(0x42);

    /// <summary>Runs everything on one input.</summary>
    /// <returns>The documented refusal, or null when it was accepted.</returns>
    /// <remarks>Any other exception is a defect and comes out.</remarks>
    public static PdfErrorCode? Run(byte[] input)
    {
        try
        {
            using PdfDocument document = PdfDocument.Open(input);
            WholeDocument.Visit(document);
            if (document.Objects.IsRebuilt)
            {
                Normalize(document);
                return null;
            }

            byte[] changed = [.. input, .. Append(document)];
            using PdfDocument again = PdfDocument.Open(changed);
            _ = again.PageCount;
            if (!document.WasRepaired && !again.Objects.IsRebuilt && again.Resolve(again.Catalog["Lang"]) is not PdfString)
            {
                throw new InvalidDataException("what was appended is not found again");
            }

            return null;
        }
        catch (PdfFormatException e)
        {
            return e.Code;
        }
    }

    private static byte[] Append(PdfDocument document)
    {
        var update = new IncrementalUpdate(document, Fixed);
        update.SetCatalogEntry("Lang", PdfString.Text("zh"));
        update.RaiseVersion("1.7");
        update.DeclareExtension("ESIC", "1.7", 2);
        if (document.PageCount > 0)
        {
            Page page = document.GetPage(-1);
            update.Set(update.ReferenceOf(page), update.DictionaryOf(page).With("Annots", new PdfArray(update.Add(PdfDictionary.Empty))));
        }

        using AppendedSection section = update.Build();
        return section.Bytes.ToArray();
    }

    private static void Normalize(PdfDocument document)
    {
        using var copy = new MemoryStream();
        NormalizedCopy.Write(document, copy, Fixed);
        using PdfDocument again = PdfDocument.Open(copy.ToArray());
        if (again.WasRepaired)
        {
            throw new InvalidDataException("the normalised copy is itself broken: " + again.RepairCause);
        }
    }
}
