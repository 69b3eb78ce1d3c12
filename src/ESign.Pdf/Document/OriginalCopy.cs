using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ESign.Pdf.Document;

/// <summary>Ways to copy a large original to the output without holding up who hashes it.</summary>
internal static class OriginalCopy
{
    /// <summary>Below this, starting a second thread costs more than copying does.</summary>
    public const long WorthwhileFrom = 1 << 20;

    /// <summary>FICLONE of linux/fs.h: <c>_IOW(0x94, 9, int)</c>.</summary>
    private const nuint CloneRequest = 0x4004_9409;

    /// <summary>FALLOC_FL_KEEP_SIZE of linux/falloc.h: the file grows only as it is written.</summary>
    private const int KeepSize = 1;

    /// <summary>Starts copying from memory in one block; <see langword="null"/> when the original is not in memory or is too small to be worth it.</summary>
    /// <param name="original">The original, which nobody changes.</param>
    /// <param name="length">How much of it to copy, from its beginning.</param>
    /// <param name="output">Written from its current position, and by nobody else until the task has ended.</param>
    /// <param name="cancellationToken">Stops the copying.</param>
    public static Task? TryStart(Stream original, long length, Stream output, CancellationToken cancellationToken) =>
        length >= WorthwhileFrom && original is MemoryStream memory && memory.TryGetBuffer(out ArraySegment<byte> bytes)
            ? Task.Run(() => output.WriteAsync(bytes.AsMemory(0, (int)length), cancellationToken).AsTask(), cancellationToken)
            : null;

    /// <summary>Lets an empty output share the blocks of the original, on file systems that can; its position stays.</summary>
    /// <param name="original">The original.</param>
    /// <param name="length">All of it.</param>
    /// <param name="output">The output.</param>
    public static bool TryShare(SafeFileHandle original, long length, FileStream output)
    {
        if (!OperatingSystem.IsLinux() || output is not { Position: 0, Length: 0 } || Control(output.SafeFileHandle, CloneRequest, original) != 0)
        {
            return false;
        }

        if (output.Length == length)
        {
            return true;
        }

        output.SetLength(0); // somebody has appended to the original meanwhile
        return false;
    }

    /// <summary>Reserves room at once, on file systems that can: one that grows a file block by block needs half as long again to write it.</summary>
    public static void Reserve(FileStream output, long length)
    {
        if (OperatingSystem.IsLinux() && Environment.Is64BitProcess)
        {
            _ = Allocate(output.SafeFileHandle, KeepSize, output.Position, length);
        }
    }

    [DllImport("libc", EntryPoint = "ioctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(SafeHandle to, nuint request, SafeHandle from);

    [DllImport("libc", EntryPoint = "fallocate")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Allocate(SafeHandle file, int mode, long offset, long length);
}
