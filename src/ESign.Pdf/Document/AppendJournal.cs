using System.Buffers.Binary;
using System.Security.Cryptography;
using ESign.Pdf.Syntax;
using Microsoft.Win32.SafeHandles;

namespace ESign.Pdf.Document;

/// <summary>
/// Appends to a file so that, whatever happens meanwhile, it ends up as it was or as it was to be. What will be appended is
/// first written beside the file and has reached the disk before the file grows; whoever appends next looks there first.
/// </summary>
/// <remarks>
/// The journal holds a mark, the length of the file, the length of what is appended, the SHA-256 of all that, and what is
/// appended. A journal that is not whole means that nothing was appended. Bytes that never reached the disk read as zeros.
/// </remarks>
internal static class AppendJournal
{
    private const int HeaderLength = 16 + 8 + 8 + SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> Mark => "ESign append 1\r\n"u8;

    /// <summary>Where the journal of a file lies while it is appended to.</summary>
    public static string PathFor(string path) => path + ".esign-journal";

    /// <summary>Opens a file to be appended to by this process alone, and settles what a crash has left.</summary>
    public static FileStream Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        try
        {
            Recover(file, path);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Appends; when that fails, the file is as it was.</summary>
    /// <param name="file">The file, from <see cref="Open"/>.</param>
    /// <param name="path">Its path.</param>
    /// <param name="length">The length it must have, because that is what was signed.</param>
    /// <param name="appended">What comes after it.</param>
    /// <exception cref="IOException">The file has another length, or cannot be written.</exception>
    public static void Append(FileStream file, string path, long length, ReadOnlySpan<byte> appended)
    {
        SafeFileHandle handle = file.SafeFileHandle;
        if (RandomAccess.GetLength(handle) != length)
        {
            throw new IOException($"{path} 在签署期间被修改，什么也没有写入 / {path} was changed while it was being signed; nothing was written.");
        }

        string journal = PathFor(path);
        try
        {
            WriteJournal(journal, length, appended);
            RandomAccess.Write(handle, appended, length);
            RandomAccess.FlushToDisk(handle);
        }
        catch
        {
            RandomAccess.SetLength(handle, length);
            File.Delete(journal);
            throw;
        }

        File.Delete(journal);
    }

    /// <summary>A journal's bytes.</summary>
    public static byte[] Encode(long length, ReadOnlySpan<byte> appended) => [.. Header(length, appended), .. appended];

    private static void WriteJournal(string journal, long length, ReadOnlySpan<byte> appended)
    {
        using SafeFileHandle handle = File.OpenHandle(journal, FileMode.Create, FileAccess.Write, FileShare.None);
        RandomAccess.Write(handle, Encode(length, appended), 0);
        RandomAccess.FlushToDisk(handle);
    }

    private static byte[] Header(long length, ReadOnlySpan<byte> appended)
    {
        byte[] header = new byte[HeaderLength];
        Mark.CopyTo(header);
        BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(16), length);
        BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(24), appended.Length);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(header.AsSpan(0, 32));
        digest.AppendData(appended);
        digest.GetHashAndReset(header.AsSpan(32));
        return header;
    }

    private static void Recover(FileStream file, string path)
    {
        string journal = PathFor(path);
        if (!File.Exists(journal))
        {
            return;
        }

        if (TryReadJournal(journal, out long length, out byte[] appended) && IsTorn(file.SafeFileHandle, length, appended))
        {
            RandomAccess.SetLength(file.SafeFileHandle, length);
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }

        File.Delete(journal);
    }

    private static bool TryReadJournal(string journal, out long length, out byte[] appended)
    {
        byte[] content = File.ReadAllBytes(journal);
        length = content.Length < HeaderLength ? -1 : BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(16));
        appended = content.Length < HeaderLength ? [] : content[HeaderLength..];
        return length >= 0 && content.AsSpan(0, HeaderLength).SequenceEqual(Header(length, appended));
    }

    /// <summary>Whether the file ends in some, but not all, of what was to be appended. What somebody else wrote is left alone.</summary>
    private static bool IsTorn(SafeFileHandle file, long length, byte[] appended)
    {
        long tail = RandomAccess.GetLength(file) - length;
        if (tail <= 0 || tail > appended.Length)
        {
            return false;
        }

        using var found = new OutputBuffer((int)tail);
        Span<byte> bytes = found.GetSpan((int)tail)[..(int)tail];
        int read = 0;
        for (int count; read < tail && (count = RandomAccess.Read(file, bytes[read..], length + read)) > 0; read += count)
        {
        }

        bool isWhole = tail == appended.Length;
        for (int i = 0; i < tail; i++)
        {
            if (bytes[i] != appended[i] && bytes[i] != 0)
            {
                return false;
            }

            isWhole &= bytes[i] == appended[i];
        }

        return !isWhole;
    }
}
