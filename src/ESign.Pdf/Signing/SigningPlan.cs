using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals;
using ESign.Pdf.Forms;
using ESign.Pdf.Seals.Placing;

namespace ESign.Pdf.Signing;

/// <summary>All parties of a contract with their places, made into fields before anyone signs.</summary>
/// <remarks>
/// Because every field, widget and lock is there from the start, each later signature changes nothing but its own value and
/// appearances, and every earlier signature stays valid – even under a certification that allows form filling only.
/// A stamp becomes one non-terminal field with one named, read-only text field per page; the party's signature locks them.
/// </remarks>
public sealed record SigningPlan
{
    /// <summary>The parties, in the order in which their fields are made.</summary>
    public required IReadOnlyList<SigningParty> Parties { get; init; }

    /// <summary>Marks, such as seals without a signature, drawn into the pages before anyone signs.</summary>
    public IReadOnlyList<PlacedSeal> Marks { get; init; } = [];

    /// <summary>Texts, ticks, dates, images and watermarks printed into the pages before anyone signs.</summary>
    public IReadOnlyList<FillControl> FillControls { get; init; } = [];

    /// <summary>The user or owner password of an encrypted document.</summary>
    public string? Password { get; init; }

    /// <summary>Writes the document with the fields of all parties.</summary>
    /// <param name="input">The document; seekable, not changed, not closed. It must not be signed yet.</param>
    /// <param name="output">Where the planned document goes; not closed.</param>
    /// <param name="cancellationToken">Cancels the copy.</param>
    /// <returns>A task that ends when everything is written.</returns>
    /// <exception cref="PdfFormatException">The input is not a PDF that can be read.</exception>
    /// <exception cref="SealPlacementException">A seal cannot go where it was asked for; nothing was written.</exception>
    /// <exception cref="SigningRefusedException">The document is signed already, or a name is taken; nothing was written.</exception>
    public async Task WriteAsync(Stream input, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        using AppendableDocument appendable = AppendableDocument.Open(input, Password);
        using var chain = new RevisionChain(appendable.Stream);
        chain.Append(Build(appendable.Document));
        await chain.CopyOriginalAsync(output, cancellationToken).ConfigureAwait(false);
        await chain.WriteAppendedAsync(output, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes a file with the fields of all parties; the output appears whole or not at all.</summary>
    /// <param name="inputPath">The document.</param>
    /// <param name="outputPath">The planned document.</param>
    /// <param name="cancellationToken">Cancels the copy.</param>
    /// <returns>A task that ends when everything is written.</returns>
    /// <inheritdoc cref="WriteAsync(Stream, Stream, CancellationToken)" path="/exception"/>
    public Task WriteAsync(string inputPath, string outputPath, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(inputPath);
        ArgumentException.ThrowIfNullOrEmpty(outputPath);
        return WholeFile.WriteAsync(inputPath, outputPath, async (input, output) =>
        {
            await WriteAsync(input, output, cancellationToken).ConfigureAwait(false);
            return true;
        });
    }

    /// <summary>The options with which a party signs the planned document.</summary>
    /// <param name="party">The name of the party.</param>
    /// <returns>Options with the party's field, seal and stamps; set the level and the rest with <c>with</c>.</returns>
    /// <exception cref="ArgumentException">The plan has no such party.</exception>
    public SignatureOptions OptionsFor(string party)
    {
        SigningParty found = Parties.FirstOrDefault(p => string.Equals(p.Name, party, StringComparison.Ordinal))
            ?? throw new ArgumentException($"计划中没有“{party}” / The plan has no party \"{party}\".", nameof(party));
        return new SignatureOptions { FieldName = found.Name, Seal = found.Seal, Stamps = found.Stamps, Password = Password };
    }

    private AppendedSection Build(PdfDocument document)
    {
        ExistingProtection protection = ExistingProtection.Read(document);
        if (protection.SignatureCount > 0)
        {
            throw new SigningRefusedException(
                SigningRefusal.AlreadySigned,
                "文件已经签署，不能再建立签署计划 / The document is signed already; a plan would change what was signed.");
        }

        var update = new IncrementalUpdate(document);
        var form = new FormEditor(document, update);
        var places = new DocumentPlaces(document);
        var resolver = new PlacementResolver(places);
        IObjectSink drawings = ArchiveSink.For(document, update);
        PageMarks.Draw(document, update, FillLayer.Write(drawings, places, FillControls, Marks, DocumentConformance.ForbidsTransparency(document), Tagging(document, update, form)));
        foreach (SigningParty party in Parties)
        {
            SigningPermission.Check(document, protection, new SignatureOptions(), party.Name, existing: null, createsFields: true);
            WriteParty(document, update, form, resolver, party);
        }

        if (Parties.Count > 0)
        {
            PadesExtension.Declare(document, update);
            SigningPermission.RefuseUndrawn(FieldAppearances.TryDraw(document, update, drawings));
            form.MarkSigned();
            form.Finish();
        }
        else
        {
            // Nothing but print: a document without a form stays without one.
            form.Structure?.Finish();
        }

        return update.Build();
    }

    /// <summary>How what is printed is entered in the structure of a tagged document.</summary>
    private static Func<int, PdfReference, IReadOnlyList<MarkedPart>, long>? Tagging(PdfDocument document, IncrementalUpdate update, FormEditor form) =>
        form.Structure is { } structure
            ? (page, drawing, parts) => structure.AddContents(drawing, update.ReferenceOf(document.GetPage(page)), parts)
            : null;

    private static void WriteParty(PdfDocument document, IncrementalUpdate update, FormEditor form, PlacementResolver resolver, SigningParty party)
    {
        ResolvedPlacement? place = party.Seal is null ? null : resolver.Resolve(party.Seal) switch
        {
            [] => null,
            [var one] => one,
            _ => throw new ArgumentException($"“{party.Name}”的签名域只有一处位置；其余请放入 Stamps / The signature field of \"{party.Name}\" has one place; put the others into Stamps."),
        };
        StampGroup[] stamps = [.. party.Stamps.Select((stamp, index) => new StampGroup(StampGroup.NameOf(party.Name, index), stamp.Seal.AlternateText, resolver.Resolve(stamp), Planned: []))];
        foreach (StampGroup stamp in stamps)
        {
            StampFields.Write(document, update, form, stamp, piece => update.Add(WidgetDictionary.Empty(piece.Displayed.Width, piece.Displayed.Height)));
        }

        string[] locked = [.. stamps.SelectMany(stamp => stamp.LockedNames)];
        Page page = document.GetPage(place?.Page ?? 1);
        PdfReference appearance = update.Add(WidgetDictionary.Empty(place?.Displayed.Width ?? 0, place?.Displayed.Height ?? 0));
        PdfReference field = update.Add(WidgetDictionary.SignatureField(party.Name, update.ReferenceOf(page), place?.UserSpace ?? default, place?.Rotation ?? 0, appearance, party.Seal?.Seal.AlternateText ?? party.Name)
            .With("Lock", locked.Length == 0 ? null : update.Add(SignatureDictionary.LockDictionary(FieldLock.Include(locked)))));
        form.AddField(field);
        form.AddWidget(page, field);
    }
}
