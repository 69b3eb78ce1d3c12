using System.Buffers;
using System.Security.Cryptography;
using ESign.Pdf.Syntax;
using ESign.Pki.Keys;

namespace ESign.Pdf.Signing;

/// <summary>The draft of a prepared document: checked against its digest, then filled in place.</summary>
internal static class PreparedDraft
{
    private const int ChunkSize = 128 * 1024;

    /// <exception cref="SigningRefusedException">The draft is not the one prepared, or is completed already.</exception>
    public static async Task CheckAsync(Stream draft, PreparedDocument prepared, CancellationToken cancellationToken)
    {
        if (draft.Length != prepared.ByteRange.End)
        {
            throw Changed("长度不同", "its length is another one");
        }

        using RunningDigest digest = prepared.DigestAlgorithm.Start();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            await DigestAsync(draft, 0, prepared.ByteRange.FirstLength, digest, buffer, cancellationToken).ConfigureAwait(false);
            await DigestAsync(draft, prepared.ByteRange.SecondStart, prepared.ByteRange.SecondLength, digest, buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (!CryptographicOperations.FixedTimeEquals(digest.GetCurrentDigest(), prepared.Digest.Span))
        {
            throw Changed("摘要不同", "its digest is another one");
        }

        byte[] gap = await ReadGapAsync(draft, prepared, cancellationToken).ConfigureAwait(false);
        if (gap is not [(byte)'<', .., (byte)'>'] || gap.AsSpan(1, gap.Length - 2).ContainsAnyExcept((byte)'0'))
        {
            throw Changed("已经完成签名", "it is completed already");
        }
    }

    /// <summary>Writes the value into the gap.</summary>
    public static async Task EmbedAsync(Stream draft, PreparedDocument prepared, ReadOnlyMemory<byte> cms, CancellationToken cancellationToken)
    {
        if (cms.Length > prepared.Capacity)
        {
            throw new SigningRefusedException(
                SigningRefusal.PreparedDocumentChanged,
                $"签名值 {cms.Length} 字节，预留 {prepared.Capacity} 字节 / The signature takes {cms.Length} bytes; {prepared.Capacity} were reserved. Prepare again with the level it shall have.");
        }

        byte[] hex = new byte[cms.Length * 2];
        for (int i = 0; i < cms.Length; i++)
        {
            hex[2 * i] = CharacterClass.HexDigit(cms.Span[i] >> 4);
            hex[(2 * i) + 1] = CharacterClass.HexDigit(cms.Span[i]);
        }

        draft.Position = prepared.ByteRange.FirstLength + 1;
        await draft.WriteAsync(hex, cancellationToken).ConfigureAwait(false);
        await draft.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task DigestAsync(Stream draft, long start, long length, RunningDigest digest, byte[] buffer, CancellationToken cancellationToken)
    {
        draft.Position = start;
        while (length > 0)
        {
            int read = await draft.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length)), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                throw Changed("提前结束", "it ends early");
            }

            digest.Append(buffer.AsSpan(0, read));
            length -= read;
        }
    }

    private static async Task<byte[]> ReadGapAsync(Stream draft, PreparedDocument prepared, CancellationToken cancellationToken)
    {
        long length = prepared.ByteRange.SecondStart - prepared.ByteRange.FirstLength;
        if (length != (2L * prepared.Capacity) + 2)
        {
            throw Changed("为签名预留的空间不同", "the room for the signature is another one");
        }

        byte[] gap = new byte[length];
        draft.Position = prepared.ByteRange.FirstLength;
        await draft.ReadExactlyAsync(gap, cancellationToken).ConfigureAwait(false);
        return gap;
    }

    private static SigningRefusedException Changed(string chinese, string english) => new(
        SigningRefusal.PreparedDocumentChanged,
        $"文件不是当时准备的文件：{chinese} / The draft is not the one that was prepared: {english}.");
}
