using System.Buffers;
using System.Runtime.InteropServices;
using ESign.Pdf.Syntax;
using Microsoft.Win32.SafeHandles;

namespace ESign.Pdf.Document;

/// <summary>Copies a large original to the output while another thread hashes it.</summary>
/// <remarks>From memory in one block; from file to file by the kernel where it can, so that the bytes never pass through the process.</remarks>
internal static class OriginalCopy
{
    /// <summary>Below this, starting a second thread costs more than copying does.</summary>
    public const long WorthwhileFrom = 1 << 20;

    private const int BlockSize = 256 * 1024;

    /// <summary>At most this much in one call, so that a cancellation is noticed.</summary>
    private const int KernelStep = 64 << 20;

    /// <summary>Starts copying; <see langword="null"/> when the original cannot be read by two at once or is too small to be worth it.</summary>
    /// <param name="original">The original, which nobody changes.</param>
    /// <param name="length">How much of it to copy, from its beginning.</param>
    /// <param name="output">Written from its current position, and by nobody else until the task has ended.</param>
    /// <param name="cancellationToken">Stops the copying.</param>
    public static Task? TryStart(Stream original, long length, Stream output, CancellationToken cancellationToken)
    {
        if (length < WorthwhileFrom)
        {
            return null;
        }

        if (original is MemoryStream memory && memory.TryGetBuffer(out ArraySegment<byte> bytes))
        {
            return Task.Run(() => output.WriteAsync(bytes.AsMemory(0, (int)length), cancellationToken).AsTask(), cancellationToken);
        }

        return FilePass.IsPlainFile(original) && FilePass.IsPlainFile(output)
            ? Task.Run(() => CopyFile((FileStream)original, length, (FileStream)output, cancellationToken), cancellationToken)
            : null;
    }

    private static void CopyFile(FileStream original, long length, FileStream output, CancellationToken cancellationToken)
    {
        SafeFileHandle from = original.SafeFileHandle;
        SafeFileHandle to = output.SafeFileHandle;
        long start = output.Position;
        long copied = OperatingSystem.IsLinux() ? CopyInKernel(from, to, start, length, cancellationToken) : 0;
        CopyBlocks(from, to, start, copied, length, cancellationToken);
        output.Position = start + length;
    }

    /// <summary>As much as the kernel can do; some file systems and old kernels can do nothing.</summary>
    private static long CopyInKernel(SafeFileHandle from, SafeFileHandle to, long start, long length, CancellationToken cancellationToken)
    {
        long source = 0;
        long target = start;
        while (source < length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (CopyFileRange(from, ref source, to, ref target, (nint)Math.Min(KernelStep, length - source), 0) <= 0)
            {
                break;
            }
        }

        return source;
    }

    private static void CopyBlocks(SafeFileHandle from, SafeFileHandle to, long start, long copied, long length, CancellationToken cancellationToken)
    {
        if (copied == length)
        {
            return;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            while (copied < length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int read = RandomAccess.Read(from, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - copied)), copied);
                if (read == 0)
                {
                    throw new EndOfStreamException("The input became shorter while it was being copied.");
                }

                RandomAccess.Write(to, buffer.AsSpan(0, read), start + copied);
                copied += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    [DllImport("libc", EntryPoint = "copy_file_range")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint CopyFileRange(SafeFileHandle from, ref long fromOffset, SafeFileHandle to, ref long toOffset, nint length, uint flags);
}
