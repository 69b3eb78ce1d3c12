using System.Buffers.Binary;
using ESign.Pdf.Fonts;

namespace ESign.Pdf.Tests.Fonts;

/// <summary>Fonts may come from anyone: whatever is wrong with one ends in a <see cref="PdfFormatException"/>.</summary>
public class DamagedFontTests
{
    [Fact]
    public void Every_truncation_is_refused_or_read()
    {
        byte[] font = HandmadeFont.Build();
        for (int length = 0; length < font.Length; length++)
        {
            Use(font[..length]);
        }

        Assert.False(Use(font[..(font.Length - 1)])); // the last table is cut short
    }

    [Fact]
    public void Every_byte_may_have_any_of_several_wrong_values()
    {
        byte[] font = HandmadeFont.Build();
        int read = 0;
        for (int i = 0; i < font.Length; i++)
        {
            foreach (byte value in (ReadOnlySpan<byte>)[0x00, 0x01, 0x7F, 0x80, 0xFF, (byte)(font[i] ^ 0x20)])
            {
                byte[] damaged = [.. font];
                damaged[i] = value;
                read += Use(damaged) ? 1 : 0;
            }
        }

        Assert.NotEqual(0, read); // bytes nobody looks at
    }

    [Fact]
    public void Every_word_may_be_at_its_limits()
    {
        byte[] font = HandmadeFont.Build();
        for (int i = 0; i + 4 <= font.Length; i += 2)
        {
            foreach (uint value in (ReadOnlySpan<uint>)[0, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFF0])
            {
                byte[] damaged = [.. font];
                BinaryPrimitives.WriteUInt32BigEndian(damaged.AsSpan(i), value);
                Use(damaged);
            }
        }
    }

    /// <summary>Does all one can do with a font; true when nothing was refused.</summary>
    private static bool Use(byte[] bytes)
    {
        try
        {
            TrueTypeFont font = TrueTypeFont.Read(bytes);
            var subset = new FontSubsetBuilder(font);
            foreach (int character in (ReadOnlySpan<int>)['A', 'B', 'C', 0x20BB7])
            {
                if (font.Contains(character))
                {
                    _ = font.GetOutline(character);
                    subset.Encode(char.ConvertFromUtf32(character));
                }
            }

            _ = subset.Build();
            return true;
        }
        catch (PdfFormatException error)
        {
            Assert.Equal(PdfErrorCode.Font, error.Code);
            return false;
        }
    }
}
