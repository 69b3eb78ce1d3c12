using ESign.Pdf.Syntax;

namespace ESign.Pdf.Document;

/// <summary>
/// A document that can be appended to: the file itself or, where its cross-reference is broken, a normalised copy of it. It
/// follows what is appended, so that the next signature need not open the file anew.
/// </summary>
internal sealed class AppendableDocument : IDisposable
{
    /// <summary>A rewritten file is held in memory.</summary>
    private const long MaxRewritten = 1 << 30;

    private GrowingSource _source;
    private string? _password;
    private int _revisions;

    private AppendableDocument(Stream stream, string? password, string? repair)
    {
        Stream = stream;
        Repair = repair;
        (_source, Document) = Reopen(stream, password);
        _password = password;
    }

    /// <summary>The bytes to append to.</summary>
    public Stream Stream { get; }

    public PdfDocument Document { get; private set; }

    /// <summary>Why the file had to be rewritten; null when it was not.</summary>
    public string? Repair { get; }

    /// <exception cref="PdfFormatException">It cannot be read, or it is broken and signed, so that rewriting would destroy signatures.</exception>
    public static AppendableDocument Open(Stream input, string? password)
    {
        AppendableDocument file = OpenAsItIs(input, password);
        PdfDocument document = file.Document;
        return document.Objects.IsRebuilt || file.ShouldBeRewritten ? file.Normalised() : file;
    }

    /// <summary>
    /// Whether the cross-reference is broken as a whole, and nobody has signed: some readers blame an update for what was wrong
    /// before it. May turn true as more of the document is read. Where single entries are wrong, the update corrects them.
    /// </summary>
    public bool ShouldBeRewritten =>
        Repair is null
        && (Document.Objects.IsRebuilt || Document.Objects.HadToSearchNearby || Document.Objects.IsMostlyMended)
        && !Document.SignatureFields.Any(signature => signature.IsSigned);

    /// <summary>Opens a file that must not be rewritten, whatever its state.</summary>
    public static AppendableDocument OpenAsItIs(Stream input, string? password) => new(input, password, repair: null);

    /// <summary>The same document rewritten, when damage was met only after it was opened; this one is disposed of.</summary>
    public AppendableDocument Normalised()
    {
        using (this)
        {
            if (Document.Source.Length > MaxRewritten)
            {
                throw new PdfFormatException(PdfErrorCode.LimitExceeded, $"文件已损坏（{Document.RepairCause}），且超过 {MaxRewritten >> 20} MB，过大而无法重写 / the file is damaged ({Document.RepairCause}) and too large to be rewritten: more than {MaxRewritten >> 20} MB", clause: "7.5.4");
            }

            var copy = new MemoryStream((int)Document.Source.Length);
            NormalizedCopy.Write(Document, copy);
            copy.Position = 0;
            return new AppendableDocument(copy, _password, Document.RepairCause ?? "startxref or /Prev misses its cross-reference section by a few bytes");
        }
    }

    /// <summary>The document with everything that a chain over it has appended so far.</summary>
    /// <param name="chain">The chain; only ever one.</param>
    /// <param name="password">The password of whoever signs next.</param>
    public PdfDocument UpTo(RevisionChain chain, string? password)
    {
        bool sameReader = string.Equals(password, _password, StringComparison.Ordinal);
        if (sameReader && _revisions == chain.Appended.Count)
        {
            return Document;
        }

        // What was mended while it was read is written right in the first update: from there on it is read afresh.
        if (sameReader && !Document.WasRepaired)
        {
            Document.TakeAppended(Grow(chain));
            return Document;
        }

        Document.Dispose();
        _revisions = 0;
        _source = GrowingSource.Open(Stream);
        Grow(chain);
        _password = password;
        return Document = Reopen(_source, password);
    }

    /// <summary>What to tell the caller about a rewriting.</summary>
    public IEnumerable<string> Notes() => Repair is null
        ? Document.RepairCause is { } cause
            ? [$"文件的交叉引用有错误条目，已由本次更新更正：{cause} / Entries of the cross-reference were wrong; the update corrects them: {cause}"]
            : []
        : [$"文件的交叉引用已损坏，已先重写文件：{Repair} / The cross-reference was damaged, so the file was rewritten first: {Repair}"];

    public void Dispose() => Document.Dispose();

    private static (GrowingSource Source, PdfDocument Document) Reopen(Stream stream, string? password)
    {
        GrowingSource source = GrowingSource.Open(stream);
        return (source, Reopen(source, password));
    }

    private static PdfDocument Reopen(GrowingSource source, string? password) => PdfDocument.Open(source, new PdfOpenOptions { Password = password });

    private long Grow(RevisionChain chain)
    {
        long before = _source.Length;
        for (; _revisions < chain.Appended.Count; _revisions++)
        {
            _source.Append(chain.Appended[_revisions].Bytes.Span);
        }

        return _source.Length - before;
    }
}
