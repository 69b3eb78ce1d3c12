namespace ESign.Cli;

/// <summary>A file that appears whole or not at all.</summary>
internal static class OutputFile
{
    public static async Task WriteAsync(string file, Func<Stream, Task> write)
    {
        string temporary = $"{file}.{Guid.NewGuid():N}.tmp";
        try
        {
            await using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                await write(stream);
            }

            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Remove(temporary);
            throw new CliException(CliExit.CannotCreate, $"无法写入 {file}：{exception.Message} / cannot write {file}: {exception.Message}", "请检查文件夹与权限 / check the folder and its permissions", exception);
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    private static void Remove(string temporary)
    {
        if (File.Exists(temporary))
        {
            File.Delete(temporary);
        }
    }
}
