using System.Globalization;
using System.Security.Cryptography;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;
using ESign.Pdf.Syntax.CrossReference;
using ESign.Pdf.Syntax.Encryption;

namespace ESign.Pdf.Document;

/// <summary>Changes to a document that are appended to it; the original bytes are never touched.</summary>
/// <remarks>
/// ISO 32000-2 §7.5.6. Objects given here are seen by <see cref="Resolve"/> at once and become bytes in
/// <see cref="Build"/>. New objects are always top-level, in no object stream: a signature must be patched in place.
/// </remarks>
internal sealed class IncrementalUpdate : IObjectSink, IObjectResolver
{
    private readonly PdfDocument _document;
    private readonly Action<Span<byte>> _fillRandom;
    private readonly Dictionary<int, ChangedObject> _objects = [];
    private readonly Dictionary<string, PdfReference> _promoted = new(StringComparer.Ordinal);
    private PdfDictionary _trailer;
    private int _nextNumber;

    /// <summary>Begins an update.</summary>
    /// <param name="document">The document; open until <see cref="Build"/> returns.</param>
    /// <param name="fillRandom">Randomness for the file identifier and for encryption; the system's by default.</param>
    /// <exception cref="PdfFormatException">The cross-reference was rebuilt by scanning: there is nothing to continue from.</exception>
    public IncrementalUpdate(PdfDocument document, Action<Span<byte>>? fillRandom = null)
    {
        if (document.Objects.IsRebuilt)
        {
            throw new PdfFormatException(PdfErrorCode.CrossReference, $"交叉引用已损坏，无法追加内容：{document.RepairCause} / the cross-reference is broken, so nothing can be appended: {document.RepairCause}", clause: "7.5.6");
        }

        _document = document;
        _fillRandom = fillRandom ?? (static span => RandomNumberGenerator.Fill(span));
        _trailer = document.Trailer;
        // /Size counts all numbers ever used, yet lies: a number any entry has is used too, and an absurd one is not.
        long size = _trailer["Size"] is PdfInteger declared && declared.Value <= document.Objects.Limits.MaxObjectNumber ? declared.Value : 0;
        _nextNumber = (int)Math.Max(Math.Max(size, document.Objects.Table.HighestNumber + 1L), 1);
    }

    /// <summary>Whether anything was changed.</summary>
    public bool IsEmpty => _objects.Count == 0;

    public PdfDocument Document => _document;

    /// <summary>The catalog as it will be.</summary>
    public PdfDictionary Catalog => Resolve(_trailer["Root"]) as PdfDictionary ?? PdfDictionary.Empty;

    public PdfReference Reserve()
    {
        if (_nextNumber > _document.Objects.Limits.MaxObjectNumber)
        {
            throw new PdfFormatException(PdfErrorCode.LimitExceeded, $"文件已用尽 {_nextNumber} 以下的全部对象编号 / the file has used up all object numbers below {_nextNumber}", clause: "7.3.10");
        }

        var reference = new PdfReference(_nextNumber++);
        _objects[reference.Number] = new ChangedObject(reference, null);
        return reference;
    }

    public PdfReference Add(PdfObject value)
    {
        PdfReference reference = Reserve();
        Set(reference, value);
        return reference;
    }

    public void Set(PdfReference reference, PdfObject value) => _objects[reference.Number] = new ChangedObject(reference, value);

    public PdfObject Resolve(PdfObject? value)
    {
        for (int i = 0; value is PdfReference reference; i++)
        {
            if (!_objects.TryGetValue(reference.Number, out ChangedObject? changed) || changed.Reference.Generation != reference.Generation)
            {
                return _document.Resolve(reference);
            }

            // A chain through changed objects cannot be longer than there are changes.
            value = i <= _objects.Count ? changed.Value : null;
        }

        return value ?? PdfNull.Instance;
    }

    public ReadOnlyMemory<byte> Decode(PdfStream stream) => _document.Decode(stream);

    /// <summary>Sets (or with null removes) an entry of the catalog.</summary>
    public void SetCatalogEntry(string key, PdfObject? value)
    {
        PdfDictionary changed = Catalog.With(key, value);
        if (_trailer["Root"] is PdfReference root)
        {
            Set(root, changed);
        }
        else
        {
            // A catalog written straight into the trailer: an indirect object from now on, as it must be.
            _trailer = _trailer.With("Root", Add(changed));
        }
    }

    /// <summary>
    /// Declares a developer extension in the catalog (§7.12) unless the document already declares that level or has a
    /// version that contains it.
    /// </summary>
    /// <param name="prefix">The developer's prefix: <c>ESIC</c>, <c>ADBE</c>, or <c>ISO_</c>, whose value is an array.</param>
    /// <param name="baseVersion">The version extended.</param>
    /// <param name="level">The extension level.</param>
    public void DeclareExtension(string prefix, string baseVersion, int level)
    {
        bool isArray = string.Equals(prefix, "ISO_", StringComparison.Ordinal);
        if (!isArray && string.CompareOrdinal(_document.Version, "2.0") >= 0)
        {
            return;
        }

        PdfObject? entry = Catalog["Extensions"];
        PdfDictionary extensions = Resolve(entry) as PdfDictionary ?? PdfDictionary.Empty;
        PdfObject known = Resolve(extensions[prefix]);
        IEnumerable<PdfObject> declared = known is PdfArray array ? array : [known];
        if (declared.Any(d => Resolve(d) is PdfDictionary one && Resolve(one["ExtensionLevel"]) is PdfInteger given && (isArray ? given.Value == level : given.Value >= level)))
        {
            return;
        }

        var developer = new PdfDictionary(("Type", new PdfName("DeveloperExtensions")), ("BaseVersion", new PdfName(baseVersion)), ("ExtensionLevel", level));
        PdfObject value = isArray ? new PdfArray([.. declared.Where(d => d is not PdfNull), developer]) : developer;
        PdfDictionary changed = extensions.With(prefix, value);
        if (entry is PdfReference reference)
        {
            Set(reference, changed);
        }
        else
        {
            SetCatalogEntry("Extensions", changed);
        }
    }

    /// <summary>A page's reference; a page that is a direct object of its parent becomes an indirect one (trap 18).</summary>
    public PdfReference ReferenceOf(Page page) => page.Reference ?? Promote(page.Parent, page.IndexInParent, page.Dictionary);

    /// <summary>A page's dictionary as it will be.</summary>
    public PdfDictionary DictionaryOf(Page page) => Resolve(ReferenceOf(page)) as PdfDictionary ?? PdfDictionary.Empty;

    /// <summary>Serialises everything: objects, cross-reference section, trailer.</summary>
    public AppendedSection Build()
    {
        ByteSource source = _document.Source;
        var buffer = new OutputBuffer(8192);
        try
        {
            // Trap 7: what is appended begins on a line of its own. After a lone CR no LF may follow: a reader would
            // take both as the one end-of-line of the signed revision.
            if (source.Length > 0 && source.Window(source.Length - 1, 1)[0] is not ((byte)'\n' or (byte)'\r'))
            {
                buffer.Write((byte)'\n');
            }

            SecurityHandler? security = _document.Security?.With(_fillRandom);
            var writer = new ObjectWriter(buffer, source.Length, security);
            var section = new CrossReferenceWriter(_document.Objects.Table.Shift);
            int encryptNumber = (_trailer["Encrypt"] as PdfReference)?.Number ?? -1;
            int[] numbers = [.. _objects.Keys];
            Array.Sort(numbers);
            foreach (int number in numbers)
            {
                (PdfReference reference, PdfObject? value) = _objects[number];
                // A number reserved and never used stays free: nothing refers to it.
                if (value is not null)
                {
                    section.Add(number, new XrefEntry(XrefEntryKind.InFile, writer.Position, reference.Generation));
                    writer.WriteIndirect(reference, value, encrypt: number != encryptNumber);
                }
            }

            foreach ((int number, XrefEntry entry) in _document.Objects.MendedEntries())
            {
                section.AddIfAbsent(number, entry);
            }

            section.Write(writer, buffer, _document.Objects.Table.Sections[0], NewTrailer(), _nextNumber);
            return new AppendedSection(buffer, source.Length, writer.Placeholders);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>Writes the original, untouched, and the update after it.</summary>
    public async Task WriteAsync(Stream output, CancellationToken cancellationToken = default)
    {
        using AppendedSection section = Build();
        await _document.Source.CopyToAsync(output, cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(section.Bytes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Trap 6: the first half of /ID stays for ever, the second is new; it is part of the key when encrypted.</summary>
    private PdfDictionary NewTrailer()
    {
        byte[] fresh = new byte[16];
        _fillRandom(fresh);
        PdfString changing = PdfString.Hex(fresh);
        if (Resolve(_trailer["ID"]) is PdfArray { Count: > 0 } id && Resolve(id[0]) is PdfString permanent)
        {
            return _trailer.With("ID", new PdfArray(PdfString.Hex(permanent.Bytes), changing));
        }

        // A file encrypted without /ID has its key made without one: adding it would lock everyone out.
        return _document.Security is { Parameters.Revision: < 5 } ? _trailer : _trailer.With("ID", new PdfArray(changing, changing));
    }

    private PdfReference Promote(PageNode parent, int index, PdfDictionary dictionary)
    {
        string key = PathOf(parent) + index.ToString(CultureInfo.InvariantCulture);
        if (_promoted.TryGetValue(key, out PdfReference? known))
        {
            return known;
        }

        PdfReference reference = Add(dictionary);
        _promoted[key] = reference;
        PdfReference parentReference = ReferenceOf(parent);
        var node = (PdfDictionary)Resolve(parentReference);
        PdfArray kids = Resolve(node["Kids"]) as PdfArray ?? parent.Kids;
        var changed = new PdfArray(kids.Select((kid, i) => i == index ? reference : kid));
        if (node["Kids"] is PdfReference indirect)
        {
            Set(indirect, changed);
        }
        else
        {
            Set(parentReference, node.With("Kids", changed));
        }

        return reference;
    }

    private PdfReference ReferenceOf(PageNode node)
    {
        if (node.Reference is { } reference)
        {
            return reference;
        }

        if (node.Parent is { } parent)
        {
            return Promote(parent, node.IndexInParent, node.Dictionary);
        }

        if (!_promoted.TryGetValue("", out PdfReference? root))
        {
            root = Add(node.Dictionary);
            _promoted[""] = root;
            SetCatalogEntry("Pages", root);
        }

        return root;
    }

    /// <param name="Reference">Its number and generation.</param>
    /// <param name="Value">Null for a number that was reserved and has no object yet.</param>
    private sealed record ChangedObject(PdfReference Reference, PdfObject? Value);

    /// <summary>A node's place in the page tree: its identity, since a direct node has no other.</summary>
    private static string PathOf(PageNode node) => node.Parent is null ? "/" : PathOf(node.Parent) + node.IndexInParent.ToString(CultureInfo.InvariantCulture) + "/";
}
