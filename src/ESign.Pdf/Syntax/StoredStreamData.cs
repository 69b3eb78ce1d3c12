using ESign.Pdf.Objects;
using ESign.Pdf.Syntax.Encryption;

namespace ESign.Pdf.Syntax;

/// <summary>Stream bytes that are still in the file; decrypted when they are read, never decoded.</summary>
internal sealed class StoredStreamData(ByteSource source, long position, long length, ReaderLimits limits) : PdfStreamData
{
    /// <summary>The security handler that decrypts these bytes; null when they are not encrypted.</summary>
    public SecurityHandler? Security { get; init; }

    public CryptMethod Method { get; init; }

    /// <summary>The object the bytes belong to, whose number is part of the key.</summary>
    public (int Number, int Generation) Owner { get; init; }

    /// <summary>The physical file offset of the first byte.</summary>
    public long Position => position;

    /// <summary>The number of bytes in the file.</summary>
    public long StoredLength => length;

    public override long Length => Security is null || Method is CryptMethod.Identity or CryptMethod.Rc4 ? length : ToMemory().Length;

    public override ReadOnlyMemory<byte> ToMemory()
    {
        if (length > limits.MaxStoredStream)
        {
            throw new PdfFormatException(PdfErrorCode.LimitExceeded, $"{length} 字节的流过大，无法读入内存 / a stream of {length} bytes is too large to be taken into memory", position, "7.3.8");
        }

        ReadOnlyMemory<byte> stored = source.Read(position, (int)length);
        return Security is null ? stored : Security.DecryptStream(stored, Method, Owner.Number, Owner.Generation);
    }
}
