using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ESign.Pdf.Document;

/// <summary>A file that has no name until it is whole, on file systems that can: a process that is killed leaves nothing of it behind.</summary>
/// <remarks>open(2), <c>O_TMPFILE</c>: the name is given by linking what the process sees under <c>/proc/self/fd</c>.</remarks>
internal static class UnnamedFile
{
    private const int WriteOnly = 1;
    private const int CloseOnExec = 0x8_0000;
    private const int Temporary = 0x40_0000;

    /// <summary>O_DIRECTORY, which O_TMPFILE contains, has another bit on ARM.</summary>
    private static readonly int Directory = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000 : 0x1_0000;

    /// <summary>What .NET gives new files before the umask: reading and writing for all.</summary>
    private const int Mode = 0x1B6;

    private const int CurrentFolder = -100;
    private const int FollowSymbolicLink = 0x400;

    private static readonly bool IsAvailable = OperatingSystem.IsLinux()
        && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64
        && System.IO.Directory.Exists("/proc/self/fd");

    /// <summary>Opens such a file to be written; <see langword="null"/> where it cannot be had.</summary>
    public static FileStream? TryCreate(string folder)
    {
        int descriptor = IsAvailable ? Open(folder, Temporary | Directory | WriteOnly | CloseOnExec, Mode) : -1;
        return descriptor < 0 ? null : new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Write, bufferSize: 1);
    }

    /// <summary>Gives the file its name, which must be free.</summary>
    /// <exception cref="IOException">The name cannot be given.</exception>
    public static void Name(FileStream file, string path)
    {
        string unnamed = string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}");
        if (Link(CurrentFolder, unnamed, CurrentFolder, path, FollowSymbolicLink) != 0)
        {
            throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, int mode);

    [DllImport("libc", EntryPoint = "linkat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(int fromFolder, [MarshalAs(UnmanagedType.LPUTF8Str)] string from, int toFolder, [MarshalAs(UnmanagedType.LPUTF8Str)] string to, int flags);
}
