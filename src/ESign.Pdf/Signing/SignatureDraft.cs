using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals;
using ESign.Pdf.Forms;
using ESign.Pdf.Seals.Placing;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;

namespace ESign.Pdf.Signing;

/// <summary>One signature, resolved against its document: which field, which places, which lock. Nothing is written yet.</summary>
/// <remarks>
/// Three ways to stand in several places, in the order they are preferred: fields that a plan made; in a document nobody has
/// signed, read-only text fields made in the signature's own revision; otherwise one-widget signature fields that share one value.
/// The first two are locked by the signature (FieldMDP), so that repainting a piece is detected.
/// </remarks>
internal sealed class SignatureDraft
{
    private readonly PdfDocument _document;
    private readonly SignatureOptions _options;
    private readonly ExistingProtection _protection;
    private readonly SignatureField? _existing;
    private readonly ResolvedPlacement? _place;
    private readonly IReadOnlyList<StampGroup> _stamps;
    private readonly bool _withoutTransparency;
    private readonly List<string> _notes = [];

    private SignatureDraft(PdfDocument document, SignatureOptions options)
    {
        if (document.PageCount == 0)
        {
            throw new PdfFormatException(PdfErrorCode.Structure, "页面树中没有页面，签名无处可放 / the page tree holds no page, and a signature stands on one", document.Objects.PositionOf(document.Catalog["Pages"]), "7.7.3");
        }

        _document = document;
        _options = options;
        _protection = ExistingProtection.Read(document);
        FieldName = options.FieldName ?? FieldNames.Free(document, "Signature");
        _existing = FindField(document, FieldName);
        var places = new DocumentPlaces(document);
        var resolver = new PlacementResolver(places);
        _place = ResolveOwnPlace(places, resolver);
        _stamps = [.. options.Stamps.Select((stamp, index) => ResolveStamp(resolver, stamp, index))];
        RefuseOverlaps(places, resolver);
        _withoutTransparency = DocumentConformance.ForbidsTransparency(document);
        RefuseWhatIsForbidden();
    }

    /// <summary>The fully qualified name of the signature field.</summary>
    public string FieldName { get; }

    /// <summary>What the caller should know: that the field is shown by no page.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Whether the level may be missed when a service does not answer: the options say so, and the field does not demand it.</summary>
    public bool MayBeLower => _options.Level.MayBeLower && !SeedValues.DemandLevel(_document, _existing);

    /// <summary>Whether the field demands a timestamp.</summary>
    public bool NeedsTimestamp => SeedValues.DemandTimestamp(_document, _existing);

    /// <summary>Resolves a signature, or refuses it.</summary>
    /// <exception cref="SigningRefusedException">An earlier signature or the document forbids it.</exception>
    /// <exception cref="SealPlacementException">A seal cannot go where it was asked for.</exception>
    public static SignatureDraft Create(PdfDocument document, SignatureOptions options) => new(document, options);

    /// <summary>The profile to sign with: the one asked for, else the signer's own or what the field demands instead.</summary>
    /// <param name="own">The signer's own.</param>
    /// <param name="digest">What the document is digested with.</param>
    /// <param name="signer">The signer's certificate and those above it; empty when it is not known yet.</param>
    /// <exception cref="SigningRefusedException">The field's seed values demand something else.</exception>
    public SignatureProfile ChooseProfile(SignatureProfile own, DigestAlgorithm digest, IReadOnlyList<Certificate> signer)
    {
        SignatureProfile profile = _options.Profile ?? SeedValues.Choose(_document, _existing, own);
        if (_existing is not null)
        {
            SeedValues.Check(_document, _existing, _options, profile, digest, signer);
        }

        return profile;
    }

    /// <summary>Where the signature and its stamps stand.</summary>
    public IReadOnlyList<SignaturePlace> Places()
    {
        var places = new List<SignaturePlace>();
        if (_place is not null)
        {
            places.Add(new SignaturePlace(FieldName, _place.Page, _place.UserSpace, _place.Displayed));
        }

        foreach (StampGroup stamp in _stamps)
        {
            places.AddRange(stamp.Pieces.Select((piece, index) => new SignaturePlace(NameOfPiece(stamp, index), piece.Page, piece.UserSpace, piece.Displayed)));
        }

        return places;
    }

    /// <summary>Builds the revision with room for a value of a given size.</summary>
    public SignatureRevision Build(SignatureProfile profile, string signerName, DateTimeOffset claimedTime, int reservedBytes)
    {
        var update = new IncrementalUpdate(_document);
        var form = new FormEditor(_document, update);
        PdfPlaceholder byteRange = PdfPlaceholder.ByteRange();
        PdfPlaceholder contents = PdfPlaceholder.Contents(reservedBytes);
        FieldLock? fieldLock = EffectiveLock();
        PdfReference value = update.Add(SignatureDictionary.Create(
            _options, profile, signerName, claimedTime, SignatureDictionary.References(_options.Certification, fieldLock), byteRange, contents));

        IObjectSink sink = ArchiveSink.For(_document, update);
        var drawings = new AppearanceWriter(sink, _withoutTransparency);
        WriteField(update, form, drawings, value, fieldLock);
        foreach (StampGroup stamp in _stamps)
        {
            WriteStamp(update, form, drawings, stamp, value);
        }

        if (_options.Certification is not null)
        {
            var permissions = _document.Resolve(_document.Catalog["Perms"]) as PdfDictionary ?? PdfDictionary.Empty;
            update.SetCatalogEntry("Perms", permissions.With("DocMDP", value));
        }

        if (_protection.SignatureCount == 0 && profile == SignatureProfile.Pades)
        {
            PadesExtension.Declare(_document, update);
        }

        if (_protection.SignatureCount == 0)
        {
            SigningPermission.RefuseUndrawn(FieldAppearances.TryDraw(_document, update, sink));
        }

        form.MarkSigned();
        form.Finish();
        return SignatureRevision.Create(update, byteRange, contents);
    }

    private void WriteField(IncrementalUpdate update, FormEditor form, AppearanceWriter drawings, PdfReference value, FieldLock? fieldLock)
    {
        PdfReference appearance = _place is null ? update.Add(WidgetDictionary.Empty()) : drawings.Write(_place);
        Page page = _document.GetPage(_place?.Page ?? 1);
        if (_existing is null)
        {
            PdfDictionary field = WidgetDictionary.SignatureField(FieldName, update.ReferenceOf(page), _place?.UserSpace ?? default, _place?.Rotation ?? 0, appearance, AlternateText)
                .With("V", value)
                .With("Lock", fieldLock is null ? null : update.Add(SignatureDictionary.LockDictionary(fieldLock)));
            PdfReference reference = update.Add(field);
            form.AddField(reference);
            form.AddWidget(page, reference);
            return;
        }

        if (_existing.Field is { Widgets.Count: 0, Reference: { } owner })
        {
            // A field that was never shown becomes its own widget; what it says of itself stays.
            PdfDictionary shown = WidgetDictionary.SignatureField(FieldName, update.ReferenceOf(page), _place?.UserSpace ?? default, _place?.Rotation ?? 0, appearance, AlternateText);
            update.Set(owner, new PdfDictionary([.. shown, .. _existing.Field.Dictionary]).With("V", value));
            form.AddWidget(page, owner);
            return;
        }

        FillField(update, form, _existing.Field, appearance, value);
    }

    private void WriteStamp(IncrementalUpdate update, FormEditor form, AppearanceWriter drawings, StampGroup stamp, PdfReference value)
    {
        if (stamp.Planned.Count > 0)
        {
            for (int i = 0; i < stamp.Pieces.Count; i++)
            {
                FillField(update, form, stamp.Planned[i], drawings.Write(stamp.Pieces[i]), value: null);
            }
        }
        else if (_protection.SignatureCount == 0)
        {
            StampFields.Write(_document, update, form, stamp, drawings.Write);
        }
        else
        {
            WriteSharedFields(update, form, drawings, stamp, value);
        }
    }

    /// <summary>A document that carries signatures takes no new ordinary fields, but takes signature fields.</summary>
    private void WriteSharedFields(IncrementalUpdate update, FormEditor form, AppearanceWriter drawings, StampGroup stamp, PdfReference value)
    {
        for (int i = 0; i < stamp.Pieces.Count; i++)
        {
            ResolvedPlacement piece = stamp.Pieces[i];
            Page page = _document.GetPage(piece.Page);
            PdfReference field = update.Add(WidgetDictionary.SignatureField(NameOfPiece(stamp, i), update.ReferenceOf(page), piece.UserSpace, piece.Rotation, drawings.Write(piece), stamp.AlternateText).With("V", value));
            form.AddField(field);
            form.AddWidget(page, field);
        }
    }

    private void FillField(IncrementalUpdate update, FormEditor form, FormField field, PdfReference appearance, PdfReference? value)
    {
        PdfReference? owner = field.Reference;
        if (owner is null || field.Widgets is not [var widget, ..])
        {
            throw new SigningRefusedException(SigningRefusal.FieldNotFound, $"域“{field.Name}”没有可填写的控件 / The field \"{field.Name}\" has no widget that can be filled.");
        }

        PdfDictionary filled = value is null ? field.Dictionary : field.Dictionary.With("V", value);
        bool isMerged = widget.Reference is null || widget.Reference.Equals(owner);
        // A widget apart from its field repeats the value: some readers look for it there alone.
        PdfDictionary carrier = isMerged ? filled : value is null ? widget.Dictionary : widget.Dictionary.With("V", value);
        PdfDictionary shown = Shown(carrier, appearance, isSignature: value is not null);
        update.Set(isMerged ? owner : widget.Reference!, shown);
        if (!isMerged && value is not null)
        {
            update.Set(owner, filled);
        }

        if (form.Structure is not null && WidgetPage.Find(_document, widget) is { } page)
        {
            form.Describe(page, isMerged ? owner : widget.Reference!);
        }
    }

    /// <summary>A stamp's piece changes nothing but its appearance: anything more would break the signatures before it.</summary>
    private PdfDictionary Shown(PdfDictionary widget, PdfReference appearance, bool isSignature)
    {
        PdfDictionary shown = widget.With("AP", WidgetDictionary.Normal(appearance));
        long flags = _document.Resolve(widget["F"]) is PdfInteger f ? f.Value : 0;
        return isSignature ? shown.With("F", WidgetDictionary.VisibleFlags(flags)) : shown;
    }

    private ResolvedPlacement? ResolveOwnPlace(DocumentPlaces places, PlacementResolver resolver)
    {
        FieldPlace? own = _existing is null ? null : places.PlaceOf(_existing.Field);
        if (_existing is not null && own is null)
        {
            _notes.Add(_options.Seal is null
                ? $"没有页面显示签名域“{FieldName}”，签名不可见 / No page shows the signature field \"{FieldName}\": the signature is invisible."
                : $"没有页面显示过签名域“{FieldName}” / No page had shown the signature field \"{FieldName}\" before.");
        }

        if (_options.Seal is null)
        {
            return null;
        }

        bool intoOwnField = own is { Rectangle: { Width: > 0, Height: > 0 } };
        if (!intoOwnField && _existing is { Field.Widgets.Count: > 0 })
        {
            throw SealPlacementException.FieldNotFound(FieldName);
        }

        PlacedSeal placed = intoOwnField ? _options.Seal with { Placement = SealPlacement.InField(FieldName) } : _options.Seal;
        IReadOnlyList<ResolvedPlacement> found = resolver.Resolve(placed);
        return found switch
        {
            [] => null,
            [var one] => one,
            _ => throw new ArgumentException("签名域只有一处位置；其余请放入 Stamps / The signature field has one place; put the others into Stamps.", nameof(SignatureOptions.Seal)),
        };
    }

    private StampGroup ResolveStamp(PlacementResolver resolver, PlacedSeal stamp, int index)
    {
        string name = StampGroup.NameOf(FieldName, index);
        IReadOnlyList<ResolvedPlacement> pieces = resolver.Resolve(stamp);
        if (stamp.Placement is FieldPlacement)
        {
            FormField field = _document.AcroForm.Fields.First(f => f.Name == pieces[0].FieldName);
            return new StampGroup(name, stamp.Seal.AlternateText, pieces, [field]);
        }

        FormField[] planned = [.. _document.AcroForm.Fields.Where(f => f.Name.StartsWith(name + ".", StringComparison.Ordinal))];
        if (planned.Length > 0 && planned.Length != pieces.Count)
        {
            throw new SigningRefusedException(
                SigningRefusal.FieldName,
                $"“{name}”在签署计划中有 {planned.Length} 处，本次有 {pieces.Count} 处 / The plan has {planned.Length} places for \"{name}\"; this signature asks for {pieces.Count}.");
        }

        return new StampGroup(name, stamp.Seal.AlternateText, pieces, planned);
    }

    private void RefuseOverlaps(DocumentPlaces places, PlacementResolver resolver)
    {
        IReadOnlyList<FieldPlace> signed = places.Signed();
        if (signed.Count == 0)
        {
            return;
        }

        if (_place is not null && _options.Seal is not null)
        {
            resolver.RefuseOverlap(_options.Seal, [_place], signed);
        }

        for (int i = 0; i < _stamps.Count; i++)
        {
            if (_stamps[i].Planned.Count == 0)
            {
                resolver.RefuseOverlap(_options.Stamps[i], _stamps[i].Pieces, signed);
            }
        }
    }

    private void RefuseWhatIsForbidden()
    {
        bool createsFields = _existing is null || _stamps.Any(stamp => stamp.Planned.Count == 0);
        SigningPermission.Check(_document, _protection, _options, FieldName, _existing, createsFields);
        foreach (FormField planned in _stamps.SelectMany(stamp => stamp.Planned))
        {
            SigningPermission.RefuseLocked(_protection, planned.Name);
        }

        foreach (StampGroup made in _stamps.Where(stamp => stamp.Planned.Count == 0))
        {
            for (int i = 0; i < made.Pieces.Count; i++)
            {
                SigningPermission.RefuseLocked(_protection, NameOfPiece(made, i));
            }
        }
    }

    /// <summary>The lock asked for, the field's own, and the pieces of the stamps.</summary>
    private FieldLock? EffectiveLock()
    {
        FieldLock? own = FieldLock.Combine(_options.Lock, _existing?.Lock is { } existing ? FieldLock.Read(_document, existing) : null);
        if (_protection.SignatureCount > 0 && _stamps.All(stamp => stamp.Planned.Count == 0))
        {
            return own;
        }

        string[] pieces = [.. _stamps.SelectMany(stamp => stamp.Planned.Count > 0 ? [stamp.Name, .. stamp.Planned.Select(field => field.Name)] : stamp.LockedNames)];
        return pieces.Length == 0 ? own : FieldLock.Combine(own, FieldLock.Include(pieces));
    }

    private string NameOfPiece(StampGroup stamp, int index) => stamp.Planned.Count > 0
        ? stamp.Planned[index].Name
        : _protection.SignatureCount == 0 ? $"{stamp.Name}.{StampGroup.PieceName(index)}" : $"{stamp.Name}-{StampGroup.PieceName(index)}";

    private string AlternateText => _options.Seal?.Seal.AlternateText is { Length: > 0 } text ? text : FieldName;

    private static SignatureField? FindField(PdfDocument document, string name) =>
        document.SignatureFields.FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.Ordinal));
}
