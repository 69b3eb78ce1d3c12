using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ESign.Storage.Backup;

/// <summary>Encrypts a file with a password, block by block, so that any size fits in little memory.</summary>
/// <remarks>
/// Magic ‖ salt (16) ‖ iterations (4), then blocks of 64 KiB under AES-256-GCM, each followed by its tag (16). The key is PBKDF2-HMAC-SHA-256 of the
/// password (RFC 8018 §5.2); the nonce is the block's number and whether it is the last (the STREAM construction), the header is authenticated
/// with every block: blocks cannot be moved, left out or cut off unseen.
/// </remarks>
internal static class SealedFile
{
    private const int BlockSize = 64 * 1024;
    private const int TagSize = 16;
    private const int SaltSize = 16;
    private const int Iterations = 600_000;

    /// <summary>A file that asks for more is made to keep us busy.</summary>
    private const int MaximumIterations = 10_000_000;

    private static ReadOnlySpan<byte> Magic => "ESIGN-BACKUP-1\n"u8;

    private static int HeaderSize => Magic.Length + SaltSize + sizeof(int);

    /// <summary>Whether a stream begins as an encrypted file; it is left at its beginning.</summary>
    public static bool IsSealed(Stream stream)
    {
        Span<byte> head = stackalloc byte[Magic.Length];
        int read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return head[..read].SequenceEqual(Magic);
    }

    public static void Seal(Stream plain, Stream target, string password)
    {
        byte[] header = new byte[HeaderSize];
        Magic.CopyTo(header);
        RandomNumberGenerator.Fill(header.AsSpan(Magic.Length, SaltSize));
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(Magic.Length + SaltSize), Iterations);
        target.Write(header);
        using AesGcm cipher = CreateCipher(header, password);
        byte[] block = new byte[BlockSize], next = new byte[BlockSize], output = new byte[BlockSize + TagSize];
        int length = plain.ReadAtLeast(block, BlockSize, throwOnEndOfStream: false);
        for (long number = 0; ; number++)
        {
            int following = plain.ReadAtLeast(next, BlockSize, throwOnEndOfStream: false);
            cipher.Encrypt(Nonce(number, isLast: following == 0), block.AsSpan(0, length), output.AsSpan(0, length), output.AsSpan(length, TagSize), header);
            target.Write(output, 0, length + TagSize);
            if (following == 0)
            {
                return;
            }

            (block, next, length) = (next, block, following);
        }
    }

    /// <exception cref="AuthenticationTagMismatchException">The password is wrong, or the file was changed.</exception>
    public static void Open(Stream sealedStream, Stream target, string password)
    {
        byte[] header = new byte[HeaderSize];
        sealedStream.ReadExactly(header);
        using AesGcm cipher = CreateCipher(header, password);
        byte[] block = new byte[BlockSize + TagSize], next = new byte[BlockSize + TagSize], output = new byte[BlockSize];
        int length = sealedStream.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
        for (long number = 0; ; number++)
        {
            int following = sealedStream.ReadAtLeast(next, next.Length, throwOnEndOfStream: false);
            int size = length - TagSize;
            if (size < 0)
            {
                throw new AuthenticationTagMismatchException();
            }

            cipher.Decrypt(Nonce(number, isLast: following == 0), block.AsSpan(0, size), block.AsSpan(size, TagSize), output.AsSpan(0, size), header);
            target.Write(output, 0, size);
            if (following == 0)
            {
                return;
            }

            (block, next, length) = (next, block, following);
        }
    }

    private static byte[] Nonce(long number, bool isLast)
    {
        byte[] nonce = new byte[12];
        BinaryPrimitives.WriteInt64BigEndian(nonce, number);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
        return nonce;
    }

    private static AesGcm CreateCipher(ReadOnlySpan<byte> header, string password)
    {
        int iterations = BinaryPrimitives.ReadInt32BigEndian(header[(Magic.Length + SaltSize)..]);
        if (iterations is < 1 or > MaximumIterations)
        {
            throw new InvalidDataException("备份文件头已损坏 / The backup's header is damaged");
        }

        byte[] key = Rfc2898DeriveBytes.Pbkdf2(password, header.Slice(Magic.Length, SaltSize), iterations, HashAlgorithmName.SHA256, 32);
        try
        {
            return new AesGcm(key, TagSize);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
