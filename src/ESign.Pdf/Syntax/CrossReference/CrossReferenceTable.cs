using ESign.Pdf.Objects;

namespace ESign.Pdf.Syntax.CrossReference;

/// <summary>All cross-reference sections of a file, newest first, seen as one table.</summary>
internal sealed class CrossReferenceTable
{
    private readonly ByteSource _source;

    public CrossReferenceTable(ByteSource source, IReadOnlyList<XrefSection> sections, long shift)
    {
        _source = source;
        Sections = sections;
        Shift = shift;
        foreach (XrefSection section in sections)
        {
            HighestNumber = Math.Max(HighestNumber, Math.Max(section.HighestNumber, section.Beside?.HighestNumber ?? -1));
        }
    }

    /// <summary>The sections, newest first.</summary>
    public IReadOnlyList<XrefSection> Sections { get; }

    /// <summary>What offsets in the file count from: the position of <c>%PDF</c>, or 0.</summary>
    public long Shift { get; }

    /// <summary>The highest object number any section has an entry for.</summary>
    public int HighestNumber { get; }

    /// <summary>The newest entry of an object; free when there is none.</summary>
    public XrefEntry Find(int number)
    {
        for (int i = 0; i < Sections.Count; i++)
        {
            if (Sections[i].TryFind(number, _source, Shift, out XrefEntry entry))
            {
                return entry;
            }
        }

        return XrefEntry.Free;
    }

    /// <summary>The table as it was before the newest sections were appended.</summary>
    public CrossReferenceTable Skip(int newest) => new(_source, [.. Sections.Skip(newest)], Shift);

    /// <summary>
    /// The newest trailer, completed from older ones: some writers leave <c>/Root</c>, <c>/Encrypt</c>, <c>/ID</c> or
    /// <c>/Info</c> out of later trailers.
    /// </summary>
    public PdfDictionary MergedTrailer()
    {
        PdfDictionary trailer = Sections[0].Trailer;
        foreach (string key in (ReadOnlySpan<string>)["Root", "Encrypt", "ID", "Info"])
        {
            for (int i = 1; i < Sections.Count && !trailer.ContainsKey(key); i++)
            {
                if (Sections[i].Trailer[key] is { } value)
                {
                    trailer = trailer.With(key, value);
                }
            }
        }

        return trailer;
    }
}
