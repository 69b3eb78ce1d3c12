using System.Text;
using ESign.Testing.PdfBuilder;
using static ESign.Fuzz.Hostile.HostileCrossReferences;
using static ESign.Fuzz.Hostile.HostileTrees;

namespace ESign.Fuzz.Hostile;

/// <summary>Bombs and broken data in every filter and in chains of them; each stream is a page's content, so that it is wanted.</summary>
internal static class HostileStreams
{
    public static IReadOnlyList<HostileFile> Files { get; } =
    [
        new("flate-bomb", () => Content("/Filter/FlateDecode", Deflated(300_000_000))),
        new("flate-bomb-just-allowed", () => Content("/Filter/FlateDecode", Deflated(33_000_000))),
        new("flate-bomb-in-eight-layers", () => Content("/Filter[/Fl/Fl/Fl/Fl/Fl/Fl/Fl/Fl]", Layers(8))),
        new("flate-bomb-in-sixty-layers", () => Content($"/Filter[{Repeat("/Fl", 60)}]", Layers(8))),
        new("flate-cut", () => Content("/Filter/FlateDecode", Deflated(100_000)[..40])),
        new("flate-garbage", () => Content("/Filter/FlateDecode", "this is not deflated at all")),
        new("flate-of-nothing", () => Content("/Filter/FlateDecode", "")),
        new("many-flate-bombs", () => Contents(400, "/Filter/FlateDecode", Deflated(31_000_000))),
        new("lzw-bomb", () => Content("/Filter/LZWDecode", LzwOfOneByte(3_000_000))),
        new("lzw-bomb-in-lzw", () => Content("/Filter[/LZWDecode/LZWDecode]", LzwOfOneByte(3_000_000))),
        new("lzw-code-of-the-future", () => Content("/Filter/LZWDecode", Codes(9, 256, 65, 400, 65, 257))),
        new("lzw-first-code-is-the-next", () => Content("/Filter/LZWDecode", Codes(9, 256, 258, 258, 257))),
        new("lzw-without-clear", () => Content("/Filter/LZWDecode", Codes(9, 65, 66, 258, 259, 257))),
        new("lzw-clears-alone", () => Content("/Filter/LZWDecode", Codes(9, [.. Enumerable.Repeat(256, 100_000)]))),
        new("lzw-ones", () => Content("/Filter/LZWDecode/DecodeParms<</EarlyChange 0>>", new string('\u00FF', 100_000))),
        new("ascii85-bomb", () => Content("/Filter/ASCII85Decode", new string('z', 12_000_000))),
        new("ascii85-in-ascii85", () => Content("/Filter[/ASCII85Decode/ASCII85Decode/ASCII85Decode]", new string('z', 9_000_000))),
        new("ascii85-odd-ends", () => Contents(1, "/Filter/ASCII85Decode", "!~>", "!!~>", "z!z~>", "s8W-\"~>", "uuuuu~>", "~", "~>", "<~!!!~>", "!!!!!!!!~")),
        new("asciihex-odd-ends", () => Contents(1, "/Filter/ASCIIHexDecode", "4", "4>", ">", "zz>", "4 1 4", new string('4', 5_000_000))),
        new("runlength-bomb", () => Content("/Filter/RunLengthDecode", Repeat("\u0081a", 2_000_000))),
        new("runlength-in-flate", () => Content("/Filter[/FlateDecode/RunLengthDecode]", Latin(Deflate(Encoding.Latin1.GetBytes(Repeat("\u0081a", 10_000_000)))))),
        new("runlength-odd-ends", () => Contents(1, "/Filter/RunLengthDecode", "\u0005ab", "\u00FF", "\u0080", "\u0000", "", "\u007Fa")),
        new("predictor-columns-beyond", () => Predicted("/Predictor 12/Columns 9223372036854775807")),
        new("predictor-columns-overflowing", () => Predicted("/Predictor 12/Columns 1048576/Colors 64/BitsPerComponent 16")),
        new("predictor-columns-zero", () => Predicted("/Predictor 12/Columns 0")),
        new("predictor-colors-negative", () => Predicted("/Predictor 2/Columns 5/Colors -1")),
        new("predictor-bits-of-three", () => Predicted("/Predictor 2/Columns 5/BitsPerComponent 3")),
        new("predictor-unknown", () => Predicted("/Predictor 99999/Columns 5")),
        new("predictor-tiff-one-bit", () => Predicted("/Predictor 2/Columns 1048576/Colors 1/BitsPerComponent 1")),
        new("filter-of-itself", () => Finish(OnePage().Object(10, "<</Type/Page/Parent 2 0 R/Contents 5 0 R/MediaBox[0 0 9 9]>>").Object(5, "<</Filter 5 0 R/DecodeParms 5 0 R/Length 2>>stream\nxx\nendstream"))),
        new("filter-unknown", () => Content("/Filter/NoSuchDecode", "xx")),
        new("filter-crypt-named", () => Content("/Filter[/Crypt/FlateDecode]/DecodeParms[<</Name/StdCF>>null]", Deflated(10))),
        new("image-filters", () => Contents(1, "/Filter/JBIG2Decode", "\u0097JB2\r\n")),
        new("image-filters-of-fax", () => Contents(1, "/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 2147483647/Rows 2147483647>>", "xx")),
        new("image-filter-before-flate", () => Content("/Filter[/DCTDecode/FlateDecode]", "xx")),
    ];

    internal static string Latin(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    internal static byte[] Content(string entries, string data) => Contents(1, entries, data);

    /// <summary>A page whose content is these streams, each as often as asked for.</summary>
    private static byte[] Contents(int times, string entries, params string[] data)
    {
        int count = times * data.Length;
        TestPdf pdf = OnePage().Object(10, $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents[{string.Concat(Enumerable.Range(20, count).Select(n => $"{n} 0 R "))}]>>");
        for (int i = 0; i < count; i++)
        {
            pdf.Stream(20 + i, entries, data[i % data.Length]);
        }

        return Finish(pdf);
    }

    private static byte[] Predicted(string parameters) => Content($"/Filter/FlateDecode/DecodeParms<<{parameters}>>", Deflated(20_000_000));

    private static string Layers(int count)
    {
        byte[] data = new byte[30_000_000];
        for (int i = 0; i < count; i++)
        {
            data = Deflate(data);
        }

        return Latin(data);
    }

    private static string Codes(int width, params int[] codes)
    {
        var bytes = new StringBuilder();
        ulong bits = 0;
        int count = 0;
        foreach (int code in codes)
        {
            bits = (bits << width) | (uint)code;
            for (count += width; count >= 8; count -= 8)
            {
                bytes.Append((char)((bits >> (count - 8)) & 0xFF));
            }
        }

        return bytes.Append((char)((bits << (8 - count)) & 0xFF)).ToString();
    }

    /// <summary>Each code stands for one byte more than the one before: the square of its length.</summary>
    private static string LzwOfOneByte(int bytes)
    {
        var text = new StringBuilder();
        ulong bits = 0;
        int available = 0;
        void Put(int code, int width)
        {
            bits = (bits << width) | (uint)code;
            for (available += width; available >= 8; available -= 8)
            {
                text.Append((char)((bits >> (available - 8)) & 0xFF));
            }
        }

        while (text.Length < bytes)
        {
            Put(256, 9);
            Put(0, 9);
            for (int next = 258; next < 4094; next++)
            {
                Put(next, next + 1 >= 2048 ? 12 : next + 1 >= 1024 ? 11 : next + 1 >= 512 ? 10 : 9);
            }
        }

        return text.ToString();
    }
}
