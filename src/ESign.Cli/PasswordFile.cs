using System.Diagnostics.CodeAnalysis;

namespace ESign.Cli;

/// <summary>Passwords come in files: what stands on a command line, others read too.</summary>
internal static class PasswordFile
{
    /// <summary>The first line of the file, where one is given.</summary>
    /// <exception cref="CliException">It cannot be read, or its first line is empty.</exception>
    [return: NotNullIfNotNull(nameof(path))]
    public static string? Read(string? path)
    {
        if (path is null)
        {
            return null;
        }

        string password = CliContext.ReadText(path).Split('\n')[0].TrimEnd('\r');
        return password.Length > 0
            ? password
            : throw new CliException(CliExit.NoPermission, $"口令文件为空：{path} / the password file is empty: {path}", "请把口令写在首行 / write the password into its first line");
    }
}
