namespace ESign.Pdf.Document;

/// <summary>Writes a file so that it appears whole or not at all: a temporary file beside it, best without a name, renamed at the end.</summary>
internal static class WholeFile
{
    private const int BufferSize = 1; // the writers pass large blocks; a buffer would only copy them once more

    public static Task<T> WriteAsync<T>(string inputPath, string outputPath, Func<Stream, Stream, Task<T>> write) => WriteAsync(outputPath, async output =>
    {
        var input = new FileStream(inputPath, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using (input.ConfigureAwait(false))
        {
            return await write(input, output).ConfigureAwait(false);
        }
    });

    public static async Task<T> WriteAsync<T>(string outputPath, Func<Stream, Task<T>> write)
    {
        string full = TargetOf(outputPath);
        string folder = Path.GetDirectoryName(full)!;
        string temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}");
        try
        {
            T result;
            FileStream? unnamed = UnnamedFile.TryCreate(folder);
            FileStream output = unnamed ?? new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize, FileOptions.Asynchronous);
            await using (output.ConfigureAwait(false))
            {
                result = await write(output).ConfigureAwait(false);
                if (unnamed is not null)
                {
                    UnnamedFile.Name(unnamed, temporary);
                }
            }

            File.Move(temporary, full, overwrite: true);
            return result;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>The full path of an output that a finished file will replace.</summary>
    /// <exception cref="IOException">It is a device: whoever may would put a file in its place, for all programs.</exception>
    public static string TargetOf(string outputPath)
    {
        string full = Path.GetFullPath(outputPath);
        return OperatingSystem.IsWindows() || !full.StartsWith("/dev/", StringComparison.Ordinal) || full.StartsWith("/dev/shm/", StringComparison.Ordinal)
            ? full
            : throw new IOException($"输出须为文件，不能是设备：{full} / The output must be a file, not a device: {full}");
    }
}
