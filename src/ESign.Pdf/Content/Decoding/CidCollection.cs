using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ESign.Pdf.Content.Decoding;

/// <summary>A character collection of Adobe: CID to Unicode and back.</summary>
/// <remarks>
/// ISO 32000-2 §9.7.3 and §9.10.2, second method. The tables are Adobe's own (<c>Adobe-GB1-UCS2</c> and its sisters),
/// packed by <c>eng/content-tables.py</c>.
/// </remarks>
internal sealed class CidCollection
{
    private static readonly Lazy<CidCollection> Gb1 = new(() => Load("GB1"));
    private static readonly Lazy<CidCollection> Cns1 = new(() => Load("CNS1"));
    private static readonly Lazy<CidCollection> Japan1 = new(() => Load("Japan1"));
    private static readonly Lazy<CidCollection> Korea1 = new(() => Load("Korea1"));

    private readonly string?[] _texts;
    private readonly Lazy<Dictionary<string, int>> _cids;

    private CidCollection(string?[] texts)
    {
        _texts = texts;
        _cids = new Lazy<Dictionary<string, int>>(Invert);
    }

    /// <summary>The collection of that ordering; <see langword="null"/> for others, Identity among them.</summary>
    public static CidCollection? Of(string? ordering) => ordering switch
    {
        "GB1" => Gb1.Value,
        "CNS1" => Cns1.Value,
        "Japan1" => Japan1.Value,
        "Korea1" => Korea1.Value,
        _ => null,
    };

    public string? ToText(int cid) => (uint)cid < (uint)_texts.Length ? _texts[cid] : null;

    /// <summary>The lowest CID of a text: the proportional Latin and the upright forms come first in every collection.</summary>
    public int? ToCid(string? text) => text is not null && _cids.Value.TryGetValue(text, out int cid) ? cid : null;

    private Dictionary<string, int> Invert()
    {
        var cids = new Dictionary<string, int>(_texts.Length, StringComparer.Ordinal);
        for (int cid = 0; cid < _texts.Length; cid++)
        {
            if (_texts[cid] is { } text)
            {
                cids.TryAdd(text, cid);
            }
        }

        return cids;
    }

    private static CidCollection Load(string ordering)
    {
        using var unpacked = new MemoryStream();
        using (var packed = new ZLibStream(EmbeddedTable.Open($"Adobe-{ordering}.bin"), CompressionMode.Decompress))
        {
            packed.CopyTo(unpacked);
        }

        // u16 count, u32 size of the exceptions; deltas of UTF-16 units, high bytes then low bytes; u16 CID, u8 length, UTF-16BE …
        ReadOnlySpan<byte> table = unpacked.ToArray();
        int count = BinaryPrimitives.ReadUInt16BigEndian(table);
        ReadOnlySpan<byte> high = table.Slice(6, count);
        ReadOnlySpan<byte> low = table.Slice(6 + count, count);
        string?[] texts = new string?[count];
        ushort unit = 0;
        for (int cid = 0; cid < count; cid++)
        {
            unit = (ushort)(unit + ((high[cid] << 8) | low[cid]));
            texts[cid] = unit == 0 ? null : ((char)unit).ToString();
        }

        for (ReadOnlySpan<byte> rest = table[(6 + (2 * count))..]; !rest.IsEmpty; rest = rest[(3 + rest[2])..])
        {
            texts[BinaryPrimitives.ReadUInt16BigEndian(rest)] = Encoding.BigEndianUnicode.GetString(rest.Slice(3, rest[2]));
        }

        return new CidCollection(texts);
    }
}
