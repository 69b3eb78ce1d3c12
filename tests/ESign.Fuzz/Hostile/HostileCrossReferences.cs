using System.Globalization;
using System.IO.Compression;
using System.Text;
using ESign.Testing.PdfBuilder;
using static ESign.Fuzz.Hostile.HostileTrees;

namespace ESign.Fuzz.Hostile;

/// <summary>Cross-references that lie, loop, overflow or never end.</summary>
internal static class HostileCrossReferences
{
    public static IReadOnlyList<HostileFile> Files { get; } =
    [
        new("startxref-beyond", () => Ending("startxref\n9223372036854775807\n%%EOF\n")),
        new("startxref-negative", () => Ending("startxref\n-1\n%%EOF\n")),
        new("startxref-at-itself", () => Ending("startxref\n15\n%%EOF\n")),
        new("prev-of-itself", () => Section("xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 20/Root 1 0 R/Prev {0}>>\n")),
        new("prev-negative", () => Section("xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 20/Root 1 0 R/Prev -9223372036854775808>>\n")),
        new("prev-beyond", () => Section("xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 20/Root 1 0 R/Prev 9223372036854775807>>\n")),
        new("prev-is-an-array", () => Section("xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 20/Root 1 0 R/Prev[1]>>\n")),
        new("xrefstm-of-itself", () => Section("xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 20/Root 1 0 R/XRefStm {0}>>\n")),
        new("sections-4000", () => Sections(4000)),
        new("sections-20000", () => Sections(20_000)),
        new("count-beyond", () => Section("xref\n0 9223372036854775807\n0000000000 65535 f \ntrailer\n<</Size 20/Root 1 0 R>>\n")),
        new("count-of-two-billion", () => Section("xref\n0 2147483647\n0000000000 65535 f \ntrailer\n<</Size 20/Root 1 0 R>>\n")),
        new("count-of-eight-million-in-the-file-itself", () => Section("xref\n0 8388607\n0000000000 65535 f \ntrailer\n<</Size 20/Root 1 0 R>>\n" + Repeat("0000000015 00000 n \n", 400_000))),
        new("first-beyond", () => Section("xref\n2147483647 2\n0000000000 65535 f \n0000000000 65535 f \ntrailer\n<</Size 20/Root 1 0 R>>\n")),
        new("first-negative", () => Section("xref\n-5 2\n0000000000 65535 f \n0000000000 65535 f \ntrailer\n<</Size 20/Root 1 0 R>>\n")),
        new("offsets-beyond", () => Section("xref\n0 3\n0000000000 65535 f \n9999999999 00000 n \n9999999999 99999 n \ntrailer\n<</Size 20/Root 1 0 R>>\n")),
        new("every-object-at-one-place", () => Section("xref\n0 60000\n0000000000 65535 f \n" + Repeat("0000000015 00000 n \n", 59_999) + "trailer\n<</Size 60000/Root 1 0 R>>\n")),
        new("subsections-of-nothing", () => Section("xref\n" + Repeat("5 0\n", 400_000) + "trailer\n<</Size 20/Root 1 0 R>>\n")),
        new("subsections-400000", () => Section("xref\n" + string.Concat(Enumerable.Range(1, 400_000).Select(n => $"{2 * n} 1\n0000000015 00000 n \n")) + "trailer\n<</Size 20/Root 1 0 R>>\n")),
        new("subsections-backwards", () => Section("xref\n" + string.Concat(Enumerable.Range(1, 100_000).Select(n => $"{400_000 - (2 * n)} 1\n0000000015 00000 n \n")) + "trailer\n<</Size 20/Root 1 0 R>>\n")),
        new("lines-of-all-widths", () => Section("xref\n0 900000\n" + Repeat("1 0 n\n22 0 n\n333 00 n\n", 300_000) + "trailer\n<</Size 20/Root 1 0 R>>\n")),
        new("w-of-eights", () => Stream("/W[8 8 8]/Size 40", new string('\u00FF', 24 * 40))),
        new("w-of-nothing", () => Stream("/W[0 0 0]/Size 2147483647", "xx")),
        new("w-beyond", () => Stream("/W[9223372036854775807 2147483647 -1]/Size 2", "xx")),
        new("w-overflowing", () => Stream("/W[2147483647 2147483647 2]/Size 2", "xx")),
        new("w-first-only", () => Stream("/W[1 0 0]/Size 8388607", new string('\u0001', 100))),
        new("size-beyond", () => Stream("/W[1 4 2]/Size 9223372036854775807", "xx")),
        new("index-beyond", () => Stream("/W[1 4 2]/Size 40/Index[2147483647 2147483647 9223372036854775807 1]", new string('\u0001', 70))),
        new("index-negative", () => Stream("/W[1 4 2]/Size 40/Index[-1 5 0 -5]", new string('\u0001', 70))),
        new("index-of-half-a-million", () => Stream($"/W[1 1 0]/Size 40/Index[{Repeat("5 1 ", 240_000)}]", new string('\u0001', 480_000))),
        new("rows-all-in-one-stream", () => Stream("/W[1 2 2]/Size 40", Repeat("\u0002\u0000\u0003\u0000\u0000", 40))),
        new("xref-stream-bomb", () => Stream("/W[1 4 2]/Size 40/Filter/FlateDecode", Deflated(60_000_000))),
        new("xref-stream-bomb-twice", () => Stream("/W[1 4 2]/Size 40/Filter[/FlateDecode/FlateDecode]", DeflatedTwice(1_000_000_000))),
        new("xref-stream-bombs-300", Bombs),
        new("xref-stream-predictor-columns-beyond", () => Stream("/W[1 4 2]/Size 40/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 2147483647/Colors 2147483647/BitsPerComponent 16>>", Deflated(1000))),
        new("xref-stream-predictor-columns-of-a-million", () => Stream("/W[1 4 2]/Size 40/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 1048576/Colors 64/BitsPerComponent 16>>", Deflated(30_000_000))),
        new("no-xref-a-million-objects", () => Encoding.ASCII.GetBytes("%PDF-1.7\n" + Repeat("1 0 obj\nendobj\n", 1_000_000))),
        new("no-xref-a-million-numbers", () => Encoding.ASCII.GetBytes("%PDF-1.7\n" + string.Concat(Enumerable.Range(1, 1_000_000).Select(n => $"{n} 0 obj\n")))),
        new("no-xref-obj-obj-obj", () => Encoding.ASCII.GetBytes("%PDF-1.7\n" + Repeat("obj", 8_000_000))),
        new("no-xref-a-million-trailers", () => Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[]/Count 0>>endobj " + Repeat("trailer(", 1_000_000))),
        new("no-xref-deep-trailers", () => Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[]/Count 0>>endobj " + Repeat("trailer" + Repeat("[", 190), 50_000))),
        new("no-xref-many-object-streams", () => Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[]/Count 0>>endobj " + string.Concat(Enumerable.Range(3, 200_000).Select(n => $"{n} 0 obj<</Type/ObjStm/N 9/First 9>>stream\n")))),
        new("no-xref-object-stream-bombs", () => Encoding.Latin1.GetBytes("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[]/Count 0>>endobj " + string.Concat(Enumerable.Range(3, 200).Select(n => $"{n} 0 obj<</Type/ObjStm/N 9/First 9/Filter/FlateDecode>>stream\n{Deflated(31_000_000)}\nendstream endobj ")))),
        new("no-xref-startxref-million", () => Encoding.ASCII.GetBytes("%PDF-1.7\n" + Repeat("startxref\n5\n", 1_000_000))),
        new("nothing-but-zeros", () => [.. "%PDF-1.7\n"u8, .. new byte[20_000_000]]),
        new("header-alone", () => "%PDF-1.7"u8.ToArray()),
    ];

    /// <summary>Zeros, deflated.</summary>
    internal static string Deflated(int zeros) => Encoding.Latin1.GetString(Deflate(new byte[zeros]));

    internal static byte[] Deflate(byte[] data)
    {
        using var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(data);
        }

        return output.ToArray();
    }

    private static string DeflatedTwice(int zeros)
    {
        using var inner = new MemoryStream();
        using (var zlib = new ZLibStream(inner, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] block = new byte[1 << 20];
            for (int left = zeros; left > 0; left -= block.Length)
            {
                zlib.Write(block);
            }
        }

        return Encoding.Latin1.GetString(Deflate(inner.ToArray()));
    }

    private static byte[] Ending(string end) => Encoding.Latin1.GetBytes(Body() + end);

    /// <summary>A body, and a section whose own position the text may name.</summary>
    private static byte[] Section(string section)
    {
        string body = Body();
        return Encoding.Latin1.GetBytes(body + string.Format(CultureInfo.InvariantCulture, section, body.Length) + $"startxref\n{body.Length}\n%%EOF\n");
    }

    private static byte[] Stream(string entries, string data)
    {
        string body = Body();
        return Encoding.Latin1.GetBytes($"{body}30 0 obj<</Type/XRef/Root 1 0 R{entries}/Length {data.Length}>>stream\n{data}\nendstream endobj\nstartxref\n{body.Length}\n%%EOF\n");
    }

    private static string Body()
    {
        string text = Encoding.Latin1.GetString(Finish(OnePage()));
        return text[..text.LastIndexOf("xref\n0 ", StringComparison.Ordinal)];
    }

    private static byte[] Sections(int count)
    {
        var text = new StringBuilder(Encoding.Latin1.GetString(Finish(OnePage())));
        int previous = text.ToString().LastIndexOf("xref\n0 ", StringComparison.Ordinal);
        for (int i = 0; i < count; i++)
        {
            int at = text.Length;
            text.Append(CultureInfo.InvariantCulture, $"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 11/Root 1 0 R/Prev {previous}>>\nstartxref\n{at}\n%%EOF\n");
            previous = at;
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }

    /// <summary>Three hundred cross-reference streams that decode to 30 MB each.</summary>
    private static byte[] Bombs()
    {
        string bomb = Deflated(30_000_000);
        var text = new StringBuilder(Encoding.Latin1.GetString(Finish(OnePage())));
        int previous = text.ToString().LastIndexOf("xref\n0 ", StringComparison.Ordinal);
        for (int i = 0; i < 300; i++)
        {
            int at = text.Length;
            text.Append(CultureInfo.InvariantCulture, $"30 0 obj<</Type/XRef/Root 1 0 R/W[1 4 2]/Size 40/Index[35 4]/Prev {previous}/Filter/FlateDecode/Length {bomb.Length}>>stream\n{bomb}\nendstream endobj\nstartxref\n{at}\n%%EOF\n");
            previous = at;
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }
}
