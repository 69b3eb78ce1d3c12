using ESign.Pdf.Document;

namespace ESign.Cli;

/// <summary>Files a command writes: each appears whole or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Where an output goes; asked before anything is signed, whose key would otherwise be lost.</summary>
    /// <exception cref="CliException">There is no such folder.</exception>
    public static string RequireFolder(string output) => Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(output)))
        ? output
        : throw new CliException(CliExit.CannotCreate, $"输出目录不存在：{output} / the folder of the output does not exist: {output}", "请先建立文件夹；没有签出任何内容 / make the folder first; nothing was signed");

    /// <exception cref="CliException">It cannot be written there.</exception>
    public static async Task WriteAsync(string file, Func<Stream, Task> write)
    {
        string target = RequireFile(file);
        try
        {
            await WholeFile.WriteAsync(target, async stream =>
            {
                await write(stream);
                return target;
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException(CliExit.CannotCreate, $"无法写入 {file}：{exception.Message} / cannot write {file}: {exception.Message}", "请检查文件夹与权限 / check the folder and its permissions", exception);
        }
    }

    private static string RequireFile(string file)
    {
        try
        {
            return WholeFile.TargetOf(file);
        }
        catch (IOException exception)
        {
            throw new CliException(CliExit.CannotCreate, exception.Message, "请给出文件名 / name a file", exception);
        }
    }
}
