namespace ESign.Pdf.Document;

/// <summary>A document that can be appended to: the file itself or, where its cross-reference is broken, a normalised copy of it.</summary>
internal sealed class AppendableDocument : IDisposable
{
    private AppendableDocument(Stream stream, PdfDocument document, string? repair)
    {
        Stream = stream;
        Document = document;
        Repair = repair;
    }

    /// <summary>The bytes to append to.</summary>
    public Stream Stream { get; }

    public PdfDocument Document { get; }

    /// <summary>Why the file had to be rewritten; null when it was not.</summary>
    public string? Repair { get; }

    /// <exception cref="PdfFormatException">It cannot be read, or it is broken and signed, so that rewriting would destroy signatures.</exception>
    public static AppendableDocument Open(Stream input, string? password)
    {
        var options = new PdfOpenOptions { Password = password };
        PdfDocument document = PdfDocument.Open(input, options);
        return document.Objects.IsRebuilt || (document.Objects.HadToSearchNearby && !document.SignatureFields.Any(field => field.IsSigned))
            ? Normalise(document, options)
            : new AppendableDocument(input, document, repair: null);
    }

    /// <summary>The same document rewritten, when damage was met only after it was opened.</summary>
    public AppendableDocument Normalised(string? password) => Normalise(Document, new PdfOpenOptions { Password = password });

    /// <summary>What to tell the caller about a rewriting.</summary>
    public IEnumerable<string> Notes() => Repair is null
        ? []
        : [$"文件的交叉引用已损坏，已先重写文件 / The cross-reference was damaged, so the file was rewritten first: {Repair}"];

    public void Dispose() => Document.Dispose();

    private static AppendableDocument Normalise(PdfDocument damaged, PdfOpenOptions options)
    {
        using (damaged)
        {
            var copy = new MemoryStream();
            NormalizedCopy.Write(damaged, copy);
            copy.Position = 0;
            return new AppendableDocument(copy, PdfDocument.Open(copy, options), damaged.RepairCause ?? "startxref or /Prev misses its cross-reference section by a few bytes");
        }
    }
}
