using ESign.Pdf.Document;
using ESign.Pdf.Syntax;
using ESign.Pki.Keys;

namespace ESign.Pdf.Reporting;

/// <summary>What a report says about the file itself: its size, its digests at every revision, the shape of its pages.</summary>
/// <remarks>Every revision of a PDF starts at byte 0 (ISO 32000-2 §7.5.6), so one pass over the file gives the digests of all.</remarks>
public sealed class ReportedDocument
{
    /// <summary>Digests of more revisions than this are left out; a contract with 500 signatures has about a thousand.</summary>
    private const int MaximumRevisions = 2000;

    /// <summary>Pages beyond this have no geometry: places on them are given in user space only.</summary>
    private const int MaximumPages = 5000;

    private const int Step = 128 << 10;

    private readonly IReadOnlyList<PageGeometry> _pages;

    private ReportedDocument(string name, long size, string version, int pageCount, IReadOnlyList<RevisionDigest> revisions, IReadOnlyList<PageGeometry> pages)
    {
        Name = name;
        Size = size;
        Version = version;
        PageCount = pageCount;
        Revisions = revisions;
        _pages = pages;
    }

    /// <summary>The name the report gives the file.</summary>
    public string Name { get; }

    /// <summary>The size in bytes.</summary>
    public long Size { get; }

    internal string Version { get; }

    /// <summary>The number of pages; 0 when the page tree cannot be read.</summary>
    internal int PageCount { get; }

    /// <summary>Oldest first; the last is the whole file.</summary>
    internal IReadOnlyList<RevisionDigest> Revisions { get; }

    internal RevisionDigest Final => Revisions[^1];

    /// <summary>Reads a file for a report.</summary>
    /// <param name="stream">The file from its position 0; seekable, not closed.</param>
    /// <param name="name">The name to show, for example the file name.</param>
    /// <param name="password">The user or owner password of an encrypted file.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The facts.</returns>
    /// <exception cref="PdfFormatException">It is not a PDF that can be read.</exception>
    public static ReportedDocument Read(Stream stream, string name, string? password = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        using PdfDocument document = PdfDocument.Open(stream, password);
        (int pageCount, List<PageGeometry> pages) = ReadPages(document);
        return new ReportedDocument(name, document.Source.Length, document.Version, pageCount, Digest(document, cancellationToken), pages);
    }

    /// <summary>The revision with this SHA-256 or SM3 digest; null when none has it.</summary>
    internal RevisionDigest? FindRevision(ReadOnlySpan<byte> digest)
    {
        foreach (RevisionDigest revision in Revisions)
        {
            if (digest.SequenceEqual(revision.Sha256) || digest.SequenceEqual(revision.Sm3))
            {
                return revision;
            }
        }

        return null;
    }

    /// <summary>A place as a person sees it; null when the page is not known.</summary>
    internal DisplayedRectangle? ToDisplayed(int page, PdfRectangle rectangle) =>
        page >= 1 && page <= _pages.Count ? _pages[page - 1].ToDisplayed(rectangle) : null;

    private static (int Count, List<PageGeometry> Pages) ReadPages(PdfDocument document)
    {
        var pages = new List<PageGeometry>();
        try
        {
            for (int page = 1; page <= Math.Min(document.PageCount, MaximumPages); page++)
            {
                pages.Add(document.GetPage(page).Geometry);
            }

            return (document.PageCount, pages);
        }
        catch (PdfFormatException)
        {
            // A damaged page tree leaves the file's digests as true as before.
            return (pages.Count, pages);
        }
    }

    private static List<RevisionDigest> Digest(PdfDocument document, CancellationToken cancellationToken)
    {
        ByteSource source = document.Source;
        long[] ends = [.. document.Revisions.Select(revision => revision.EndOffset).Where(end => end < source.Length).Distinct().Order().Take(MaximumRevisions), source.Length];
        var digests = new List<RevisionDigest>(ends.Length);
        using RunningDigest sha256 = DigestAlgorithm.Sha256.Start();
        using RunningDigest sm3 = DigestAlgorithm.Sm3.Start();
        long position = 0;
        foreach (long end in ends)
        {
            while (position < end)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int length = (int)Math.Min(Step, end - position);
                ReadOnlySpan<byte> bytes = source.Window(position, length)[..length];
                sha256.Append(bytes);
                sm3.Append(bytes);
                position += length;
            }

            digests.Add(new RevisionDigest(digests.Count + 1, end, sha256.GetCurrentDigest(), sm3.GetCurrentDigest()));
        }

        return digests;
    }
}
