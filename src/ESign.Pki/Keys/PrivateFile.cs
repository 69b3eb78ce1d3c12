namespace ESign.Pki.Keys;

/// <summary>Writes files that only their owner may read, and never half of one.</summary>
internal static class PrivateFile
{
    /// <summary>Writes to a temporary file beside the target (mode 0600 on Unix; the folder's rights on Windows), then renames it.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="content">Its content.</param>
    /// <exception cref="IOException">The folder is absent, full or read-only; the old file is unchanged.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string target = Path.GetFullPath(path);
        string temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using (var stream = new FileStream(temporary, options))
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
}
