using System.Buffers.Binary;
using System.IO.Compression;

namespace ESign.Pdf.Seals.Images;

/// <summary>Decodes PNG: all colour types and bit depths, palette and colour-key transparency, Adam7 interlace.</summary>
/// <remarks>ISO/IEC 15948:2004. Ancillary chunks other than tRNS do not matter to a seal. Checksums are checked.</remarks>
internal sealed class PngReader
{
    // §8.2: first column, first row, column step, row step of the seven passes; a plain picture is one pass.
    private static readonly (int X, int Y, int Dx, int Dy)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private static readonly (int X, int Y, int Dx, int Dy)[] Plain = [(0, 0, 1, 1)];

    private readonly MemoryStream _data = new();
    private int _width;
    private int _height;
    private int _depth;
    private int _colorType;
    private bool _isInterlaced;
    private byte[] _palette = [];
    private byte[]? _transparency;
    private byte[] _rgb = [];
    private byte[]? _alpha;

    private PngReader()
    {
    }

    private int Channels => _colorType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);

    /// <exception cref="SealImageException">The file is damaged or too large.</exception>
    public static RasterImage Read(ReadOnlySpan<byte> file)
    {
        var reader = new PngReader();
        reader.ReadChunks(file);
        reader.ReadPixels();
        return new RasterImage(reader._width, reader._height, reader._rgb, reader._alpha);
    }

    private void ReadChunks(ReadOnlySpan<byte> file)
    {
        int position = 8;
        while (true)
        {
            if (file.Length - position < 12)
            {
                throw Corrupt($"cut off at byte {file.Length}");
            }

            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[position..]);
            if (length > file.Length - position - 12)
            {
                throw Corrupt($"a chunk of {length} bytes at byte {position} reaches beyond the end");
            }

            ReadOnlySpan<byte> named = file.Slice(position + 4, (int)length + 4);
            if (Crc32.Compute(named) != BinaryPrimitives.ReadUInt32BigEndian(file[(position + 8 + (int)length)..]))
            {
                throw Corrupt($"wrong checksum of the chunk at byte {position}");
            }

            if (!ReadChunk(named[..4], named[4..]))
            {
                return;
            }

            position += 12 + (int)length;
        }
    }

    /// <summary>Takes one chunk in; false at the end of the image.</summary>
    private bool ReadChunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        if (type.SequenceEqual("IHDR"u8))
        {
            ReadHeader(data);
        }
        else if (_width == 0)
        {
            throw Corrupt("the first chunk is not IHDR");
        }
        else if (type.SequenceEqual("PLTE"u8))
        {
            _palette = data.Length % 3 == 0 && data.Length is > 0 and <= 768 ? data.ToArray() : throw Corrupt($"a palette of {data.Length} bytes");
        }
        else if (type.SequenceEqual("tRNS"u8))
        {
            _transparency = data.ToArray();
        }
        else if (type.SequenceEqual("IDAT"u8))
        {
            _data.Write(data);
        }

        return !type.SequenceEqual("IEND"u8);
    }

    // §11.2.2
    private void ReadHeader(ReadOnlySpan<byte> data)
    {
        if (data.Length != 13 || _width != 0)
        {
            throw Corrupt("malformed header");
        }

        long width = BinaryPrimitives.ReadUInt32BigEndian(data);
        long height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        ImageLimits.CheckPixels(width, height);
        (_width, _height, _depth, _colorType, _isInterlaced) = ((int)width, (int)height, data[8], data[9], data[12] == 1);
        bool isKnown = (_colorType, _depth) switch
        {
            (0, 1 or 2 or 4 or 8 or 16) => true,
            (3, 1 or 2 or 4 or 8) => true,
            (2 or 4 or 6, 8 or 16) => true,
            _ => false,
        };
        if (!isKnown || data[10] != 0 || data[11] != 0 || data[12] > 1)
        {
            throw Corrupt($"colour type {_colorType} with {_depth} bits, compression {data[10]}, filter {data[11]}, interlace {data[12]}");
        }
    }

    private void ReadPixels()
    {
        if (_width == 0 || (_colorType == 3 && _palette.Length == 0))
        {
            throw Corrupt("no header or palette");
        }

        int required = _colorType switch { 0 => 2, 2 => 6, _ => 0 };
        if (_transparency is not null && _transparency.Length < required)
        {
            throw Corrupt("malformed transparency");
        }

        _rgb = new byte[_width * _height * 3];
        _alpha = _colorType is 4 or 6 || (_transparency is not null && _colorType is 0 or 2 or 3) ? new byte[_width * _height] : null;
        _data.Position = 0;
        using var zlib = new ZLibStream(_data, CompressionMode.Decompress);
        int bitsPerPixel = Channels * _depth;
        int stride = Math.Max(1, bitsPerPixel / 8);
        try
        {
            foreach ((int x0, int y0, int dx, int dy) in _isInterlaced ? Adam7 : Plain)
            {
                int columns = (_width - x0 + dx - 1) / dx;
                int rows = (_height - y0 + dy - 1) / dy;
                if (columns <= 0 || rows <= 0)
                {
                    continue;
                }

                byte[] previous = new byte[((columns * bitsPerPixel) + 7) / 8];
                byte[] current = new byte[previous.Length];
                for (int row = 0; row < rows; row++)
                {
                    int filter = zlib.ReadByte();
                    zlib.ReadExactly(current);
                    Unfilter(filter, current, previous, stride);
                    for (int column = 0; column < columns; column++)
                    {
                        Put(current, column, ((y0 + (row * dy)) * _width) + x0 + (column * dx));
                    }

                    (previous, current) = (current, previous);
                }
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw new SealImageException(SealImageError.Corrupt, "the pixels cannot be unpacked.", exception);
        }
    }

    // §9.2
    private static void Unfilter(int filter, byte[] row, byte[] above, int stride)
    {
        if (filter is < 0 or > 4)
        {
            throw Corrupt($"unknown filter {filter}");
        }

        for (int i = 0; filter != 0 && i < row.Length; i++)
        {
            int left = i >= stride ? row[i - stride] : 0;
            int upperLeft = i >= stride ? above[i - stride] : 0;
            int prediction = filter switch
            {
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                _ => Paeth(left, above[i], upperLeft),
            };
            row[i] = (byte)(row[i] + prediction);
        }
    }

    // §9.4
    private static int Paeth(int a, int b, int c)
    {
        int pa = Math.Abs(b - c);
        int pb = Math.Abs(a - c);
        int pc = Math.Abs(a + b - (2 * c));
        return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    }

    private void Put(byte[] row, int column, int pixel)
    {
        Span<byte> rgb = _rgb.AsSpan(pixel * 3, 3);
        if (_colorType == 3)
        {
            int index = Sample(row, column);
            if ((index * 3) + 3 > _palette.Length)
            {
                throw Corrupt($"palette index {index}");
            }

            _palette.AsSpan(index * 3, 3).CopyTo(rgb);
            if (_alpha is not null)
            {
                _alpha[pixel] = index < _transparency!.Length ? _transparency[index] : (byte)255;
            }

            return;
        }

        int first = column * Channels;
        bool isGray = _colorType is 0 or 4;
        for (int c = 0; c < 3; c++)
        {
            rgb[c] = ToByte(Sample(row, first + (isGray ? 0 : c)));
        }

        if (_colorType is 4 or 6)
        {
            _alpha![pixel] = ToByte(Sample(row, first + Channels - 1));
        }
        else if (_alpha is not null)
        {
            _alpha[pixel] = IsTransparentColor(row, first) ? (byte)0 : (byte)255;
        }
    }

    // §11.3.2.1: one colour that is fully transparent, compared at the picture's own depth.
    private bool IsTransparentColor(byte[] row, int first)
    {
        for (int c = 0; c < Channels; c++)
        {
            if (Sample(row, first + c) != BinaryPrimitives.ReadUInt16BigEndian(_transparency.AsSpan(c * 2)))
            {
                return false;
            }
        }

        return true;
    }

    private int Sample(byte[] row, int index) => _depth switch
    {
        8 => row[index],
        16 => BinaryPrimitives.ReadUInt16BigEndian(row.AsSpan(index * 2)),
        _ => (row[index * _depth / 8] >> (8 - _depth - (index * _depth % 8))) & ((1 << _depth) - 1),
    };

    private byte ToByte(int sample) => _depth == 16 ? (byte)(sample >> 8) : (byte)(sample * 255 / ((1 << _depth) - 1));

    private static SealImageException Corrupt(string what) => new(SealImageError.Corrupt, $"PNG: {what}.");
}
