namespace ESign.Pki.Keys;

/// <summary>Files and folders that only their owner may read: by their mode on Unix, by the rights of the folder around them on Windows.</summary>
internal static class PrivateFile
{
    /// <summary>Writes a file whole or not at all: to a temporary one beside it, then renamed.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="content">Its content.</param>
    /// <exception cref="IOException">The folder is absent, full or read-only; the old file is unchanged.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string target = Path.GetFullPath(path);
        string temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream stream = Create(temporary))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch when (File.Exists(temporary))
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Creates a file to be written and read back.</summary>
    /// <exception cref="IOException">It exists.</exception>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    /// <summary>Creates a folder, and those above it that are absent; one that exists is left as it is.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
