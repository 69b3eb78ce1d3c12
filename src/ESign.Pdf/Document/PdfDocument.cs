using System.Globalization;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;
using ESign.Pdf.Syntax.Encryption;

namespace ESign.Pdf.Document;

/// <summary>A PDF file opened for reading: its pages, form and revisions, each read only when asked for.</summary>
/// <remarks>
/// ISO 32000-2 §7.5 and §7.7. Opening reads the end of the file, the cross-reference sections and the catalog, nothing
/// else; memory does not grow with the file. Not thread-safe; what it hands out is valid while it is open.
/// </remarks>
public sealed class PdfDocument : IObjectResolver, IDisposable
{
    /// <summary>The header may follow this much of something else (ISO 32000-1 annex H, note 13).</summary>
    private const int HeaderSearch = 1024;

    private readonly bool _ownsSource;
    private PageTree? _pages;
    private AcroForm? _acroForm;
    private IReadOnlyList<Revision>? _revisions;

    private PdfDocument(ObjectStore objects, long headerOffset, string headerVersion, bool ownsSource)
    {
        Objects = objects;
        HeaderOffset = headerOffset;
        HeaderVersion = headerVersion;
        _ownsSource = ownsSource;
    }

    /// <summary>The number of pages.</summary>
    /// <exception cref="PdfFormatException">The page tree is beyond repair, or larger than the limits.</exception>
    public int PageCount => Pages.Count;

    /// <summary>The PDF version, for example <c>1.7</c>: the catalog's if it is higher than the header's.</summary>
    public string Version => Objects.Resolve(Catalog["Version"]) is PdfName version && string.CompareOrdinal(version.Value, HeaderVersion) > 0 ? version.Value : HeaderVersion;

    /// <summary>Whether the file is encrypted.</summary>
    public bool IsEncrypted => Objects.Security is not null;

    /// <summary>Whether the cross-reference was broken and had to be rebuilt or mended; may turn true when the damage is met later.</summary>
    public bool WasRepaired => Objects.RepairCause is not null;

    /// <summary>Why the cross-reference had to be rebuilt or mended, or <see langword="null"/>.</summary>
    public string? RepairCause => Objects.RepairCause;

    /// <summary>The revisions, oldest first: the original file and each incremental update.</summary>
    internal IReadOnlyList<Revision> Revisions => _revisions ??= Revision.ReadAll(Objects, HeaderOffset);

    internal ObjectStore Objects { get; }

    internal ByteSource Source => Objects.Source;

    /// <summary>The physical offset of <c>%PDF</c>; what stands before it is junk that must be kept.</summary>
    internal long HeaderOffset { get; }

    internal string HeaderVersion { get; }

    /// <summary>The newest trailer, completed from older ones.</summary>
    internal PdfDictionary Trailer => Objects.Trailer;

    /// <summary>The catalog; empty where an older revision or a file repaired late has none.</summary>
    internal PdfDictionary Catalog => Objects.Resolve(Objects.Trailer["Root"]) as PdfDictionary ?? PdfDictionary.Empty;

    /// <summary>The catalog's own reference; null in a damaged file that has it direct in the trailer.</summary>
    internal PdfReference? CatalogReference => Objects.Trailer["Root"] as PdfReference;

    internal SecurityHandler? Security => Objects.Security;

    internal PageTree Pages => _pages ??= new PageTree(this);

    /// <summary>The interactive form; one without fields when the document has none.</summary>
    internal AcroForm AcroForm => _acroForm ??= new AcroForm(this);

    /// <summary>All signature fields of the form, signed or not, in field order.</summary>
    internal IReadOnlyList<SignatureField> SignatureFields => AcroForm.SignatureFields;

    /// <summary>What /P permits; everything to the owner and in a file that is not encrypted.</summary>
    internal bool Permits(DocumentPermissions permissions) =>
        Security is null || Security.IsOwner || ((DocumentPermissions)Security.Parameters.Permissions & permissions) == permissions;

    /// <summary>Opens a document.</summary>
    /// <param name="stream">A readable, seekable stream holding the file from its position 0; it stays open and must outlive the document.</param>
    /// <param name="password">The user or owner password of an encrypted file; <see langword="null"/> tries the empty one.</param>
    /// <returns>The document.</returns>
    /// <exception cref="PdfFormatException">It is not a PDF, is damaged beyond repair, needs a password, or exceeds a limit.</exception>
    public static PdfDocument Open(Stream stream, string? password = null) => Open(stream, new PdfOpenOptions { Password = password });

    /// <summary>Opens a document that is in memory.</summary>
    /// <param name="bytes">The file; not copied, and not to be changed while the document is open.</param>
    /// <param name="password">The user or owner password of an encrypted file; <see langword="null"/> tries the empty one.</param>
    /// <returns>The document.</returns>
    /// <exception cref="PdfFormatException">It is not a PDF, is damaged beyond repair, needs a password, or exceeds a limit.</exception>
    public static PdfDocument Open(ReadOnlyMemory<byte> bytes, string? password = null) => Open(bytes, new PdfOpenOptions { Password = password });

    /// <summary>Opens a document with limits of its own.</summary>
    internal static PdfDocument Open(Stream stream, PdfOpenOptions options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Open(ByteSource.Open(stream), options);
    }

    /// <summary>Opens a document in memory with limits of its own.</summary>
    internal static PdfDocument Open(ReadOnlyMemory<byte> bytes, PdfOpenOptions options) => Open(ByteSource.FromMemory(bytes), options);

    /// <summary>The visible box, rotation and user unit of a page.</summary>
    /// <param name="page">1 for the first page; -1 for the last.</param>
    /// <returns>The geometry, which turns what a person sees into user space and back.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such page.</exception>
    /// <exception cref="PdfFormatException">The page tree is damaged.</exception>
    public PageGeometry GetGeometry(int page) => GetPage(page).Geometry;

    /// <summary>A page by its number: 1 for the first, -1 for the last.</summary>
    internal Page GetPage(int number)
    {
        int index = number < 0 ? PageCount + number : number - 1;
        return (index >= 0 ? Pages.TryGet(index) : null)
            ?? throw new ArgumentOutOfRangeException(
                nameof(number),
                number,
                string.Create(CultureInfo.InvariantCulture, $"页码超出范围，共 {PageCount} 页 / No such page; the document has {PageCount}"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ownsSource)
        {
            Source.Dispose();
        }
    }

    PdfObject IObjectResolver.Resolve(PdfObject? value) => Objects.Resolve(value);

    ReadOnlyMemory<byte> IObjectResolver.Decode(PdfStream stream) => Objects.Decode(stream);

    internal PdfObject Resolve(PdfObject? value) => Objects.Resolve(value);

    internal ReadOnlyMemory<byte> Decode(PdfStream stream) => Objects.Decode(stream);

    /// <summary>The document as it was when a revision was the newest; shares the source with this one.</summary>
    internal PdfDocument AsOf(Revision revision) => new(Objects.Before(revision.NewerSections), HeaderOffset, HeaderVersion, ownsSource: false);

    /// <summary>
    /// Takes in what <see cref="IncrementalUpdate"/> has made and the source has grown by. Pages, fields and revisions handed
    /// out before are those of the document as it was.
    /// </summary>
    /// <param name="appended">How many bytes the source has grown by.</param>
    internal void TakeAppended(long appended)
    {
        Objects.TakeAppended(HeaderOffset, appended);
        _pages = null;
        _acroForm = null;
        _revisions = null;
    }

    /// <summary>Opens a document from a source, which it disposes of.</summary>
    internal static PdfDocument Open(ByteSource source, PdfOpenOptions options)
    {
        try
        {
            ReadOnlySpan<byte> head = source.Window(0, HeaderSearch + 16);
            int at = head[..Math.Min(HeaderSearch + 5, head.Length)].IndexOf("%PDF-"u8);
            if (at < 0)
            {
                throw new PdfFormatException(PdfErrorCode.NotAPdf, "前 1024 字节中没有 %PDF- 文件头 / no %PDF- header in the first 1024 bytes", 0, "7.5.2");
            }

            string version = ReadVersion(head[(at + 5)..]);
            return new PdfDocument(ObjectStore.Open(source, at, options.Limits, options.Password), at, version, ownsSource: true);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private static string ReadVersion(ReadOnlySpan<byte> text) => text switch
    {
        [(byte)'1', (byte)'.', >= (byte)'0' and <= (byte)'7' and byte minor, ..] => Versions[minor - '0'],
        [(byte)'2', (byte)'.', (byte)'0', ..] => "2.0",
        // Unreadable versions are read as the first that has everything a signature needs.
        _ => "1.4",
    };

    private static readonly string[] Versions = ["1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7"];
}
