using System.IO.Compression;
using System.Text;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;
using ESign.Pdf.Syntax.Filters;

namespace ESign.Pdf.Tests.Syntax;

/// <summary>ISO 32000-2 §7.4.</summary>
public sealed class StreamFilterTests
{
    private static byte[] Decode(string filter, byte[] data, string parameters = "")
    {
        var lexer = new Lexer(Encoding.ASCII.GetBytes($"<</Filter {filter}{(parameters.Length > 0 ? "/DecodeParms " + parameters : "")}>>"));
        var dictionary = (PdfDictionary)new ObjectReader(ReaderLimits.Default).Read(ref lexer)!;
        return StreamFilters.Decode(dictionary, data, resolver: null, ReaderLimits.Default).ToArray();
    }

    private static byte[] Deflate(params ReadOnlySpan<byte> data) => FlateFilter.Encode(data);

    [Theory]
    [InlineData("/ASCIIHexDecode", "48 65 6C6c6F7>", "Hellop")]
    [InlineData("/AHx", "4865", "He")]
    [InlineData("/ASCII85Decode", "87cURD]i,\"Ebo80~>", "Hello World!")]
    [InlineData("/A85", "z87cUR~>", "\0\0\0\0Hell")]
    [InlineData("[/A85/AHx]", "1cRBN2FBAi2F]k~>", "Hello")]
    public void Text_filters_7_4_2_and_7_4_3(string filter, string data, string expected) =>
        Assert.Equal(expected, Encoding.Latin1.GetString(Decode(filter, Encoding.ASCII.GetBytes(data))));

    [Fact]
    public void LZW_example_of_7_4_4_2() =>
        Assert.Equal(new byte[] { 45, 45, 45, 45, 45, 65, 45, 45, 45, 66 }, Decode("/LZWDecode", [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01]));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LZW_through_every_code_width(bool early)
    {
        byte[] data = [.. Enumerable.Range(0, 20_000).Select(i => (byte)((i * i / 7) ^ (i >> 3)))];
        Assert.Equal(data, Decode("/LZWDecode", LzwEncoder.Encode(data, early), early ? "" : "<</EarlyChange 0>>"));
    }

    [Fact]
    public void RunLength_7_4_5() => Assert.Equal("abcxxxxx"u8.ToArray(), Decode("/RunLengthDecode", [2, (byte)'a', (byte)'b', (byte)'c', 252, (byte)'x', 128, 1, 2]));

    [Fact]
    public void Flate_survives_truncation_a_wrong_header_and_a_wrong_checksum()
    {
        byte[] data = [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * i >> 4))];
        byte[] encoded = Deflate(data);
        Assert.Equal(data, Decode("/FlateDecode", encoded));
        Assert.Equal(data, Decode("/Fl", [.. encoded.AsSpan(0, encoded.Length - 4), 1, 2, 3, 4]));
        Assert.Equal(data, Decode("/FlateDecode", [0, 0, .. encoded.AsSpan(2)]));
        byte[] part = Decode("/FlateDecode", encoded[..(encoded.Length / 2)]);
        Assert.NotEmpty(part);
        Assert.Equal(data[..part.Length], part);
    }

    [Theory]
    [InlineData("/FlateDecode", new byte[] { 0x78, 0xBB, 1, 2, 3, 4, 5, 6 })]
    [InlineData("/FlateDecode", new byte[] { 255, 255, 255, 255 })]
    [InlineData("/Unknown", new byte[] { 1 })]
    public void Damage_is_a_stream_error(string filter, byte[] data) =>
        Assert.Equal(PdfErrorCode.Stream, Assert.Throws<PdfFormatException>(() => Decode(filter, data)).Code);

    [Fact]
    public void PNG_predictors_of_7_4_4_4()
    {
        byte[] rows =
        [
            0, 1, 2, 3,     // none
            1, 1, 1, 1,     // sub: 1 2 3
            2, 1, 1, 1,     // up: 2 3 4
            3, 2, 2, 2,     // average: 3 5 6
            4, 1, 1, 1,     // Paeth: 4 6 7
        ];
        Assert.Equal(
            new byte[] { 1, 2, 3, 1, 2, 3, 2, 3, 4, 3, 5, 6, 4, 6, 7 },
            Decode("/FlateDecode", Deflate(rows), "<</Predictor 12/Columns 3>>"));
    }

    [Theory]
    [InlineData("<</Predictor 2/Columns 4>>", new byte[] { 1, 1, 1, 1 }, new byte[] { 1, 2, 3, 4 })]
    [InlineData("<</Predictor 2/Columns 2/BitsPerComponent 16>>", new byte[] { 0, 255, 0, 1 }, new byte[] { 0, 255, 1, 0 })]
    [InlineData("<</Predictor 2/Columns 4/BitsPerComponent 2>>", new byte[] { 0b01010101 }, new byte[] { 0b01101100 })]
    [InlineData("<</Predictor 2/Columns 2/Colors 2>>", new byte[] { 1, 2, 3, 4 }, new byte[] { 1, 2, 4, 6 })]
    public void TIFF_predictor(string parameters, byte[] stored, byte[] expected) => Assert.Equal(expected, Decode("/FlateDecode", Deflate(stored), parameters));

    [Fact]
    public void A_bomb_stops_at_the_limit()
    {
        using var bomb = new MemoryStream();
        using (var zlib = new ZLibStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 40; i++)
            {
                zlib.Write(zeros);
            }
        }

        Assert.Equal(PdfErrorCode.LimitExceeded, Assert.Throws<PdfFormatException>(() => Decode("/FlateDecode", bomb.ToArray())).Code);
        Assert.Equal(PdfErrorCode.LimitExceeded, Assert.Throws<PdfFormatException>(() => Decode("[/AHx/AHx/AHx/AHx/AHx/AHx/AHx/AHx/AHx]", [1])).Code);
    }

    [Fact]
    public void Image_filters_end_the_chain() => Assert.Equal("FFD8"u8.ToArray(), Decode("[/ASCIIHexDecode/DCTDecode/FlateDecode]", "46464438>"u8.ToArray()));

    /// <summary>Written from §7.4.4.2 for the tests alone.</summary>
    private static class LzwEncoder
    {
        public static byte[] Encode(byte[] data, bool early)
        {
            var output = new List<byte>();
            int bits = 0;
            int count = 0;
            var table = new Dictionary<string, int>(StringComparer.Ordinal);
            int width = 9;
            void Put(int code)
            {
                bits = (bits << width) | code;
                for (count += width; count >= 8; count -= 8)
                {
                    output.Add((byte)(bits >> (count - 8)));
                }

                bits &= (1 << count) - 1;
            }

            void Reset()
            {
                Put(256);
                table.Clear();
                for (int i = 0; i < 256; i++)
                {
                    table[((char)i).ToString()] = i;
                }

                width = 9;
            }

            Reset();
            int next = 258;
            string run = "";
            foreach (byte b in data)
            {
                string longer = run + (char)b;
                if (table.ContainsKey(longer))
                {
                    run = longer;
                    continue;
                }

                Put(table[run]);
                table[longer] = next++;
                int limit = next - (early ? 0 : 1);
                width = limit >= 2048 ? 12 : limit >= 1024 ? 11 : limit >= 512 ? 10 : 9;
                run = ((char)b).ToString();
                if (next == 4095)
                {
                    Put(table[run]);
                    run = "";
                    Reset();
                    next = 258;
                }
            }

            if (run.Length > 0)
            {
                Put(table[run]);
            }

            Put(257);
            Put(0);
            return [.. output];
        }
    }
}
