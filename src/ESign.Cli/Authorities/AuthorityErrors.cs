using System.Data.Common;
using ESign.Pki.Asn1;
using ESign.Pki.Issuance;

namespace ESign.Cli.Authorities;

/// <summary>Turns what an authority throws into exit codes and hints.</summary>
internal static class AuthorityErrors
{
    public static async Task<int> CatchAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (IssuanceRefusedException exception)
        {
            throw new CliException(CliExit.DataError, exception.Message, $"CA 拒绝签发（{exception.Code}），没有签出任何内容 / the authority refuses ({exception.Code}); nothing was signed", exception);
        }
        catch (Asn1FormatException exception)
        {
            throw new CliException(CliExit.DataError, exception.Message, "请检查输入文件 / check the input file", exception);
        }
        catch (FormatException exception)
        {
            throw new CliException(CliExit.DataError, exception.Message, "请检查号码是否有误 / check the number for typing errors", exception);
        }
        catch (ArgumentException exception)
        {
            throw new CliException(CliExit.Usage, WithoutParameterName(exception), "请看该命令的 --help / see the command's --help", exception);
        }
        catch (DbException exception)
        {
            throw CliException.Because(exception, CliExit.DataError, "记录库certificates.db不可用", "the store, certificates.db, cannot be used", "请检查文件及其文件夹的权限，或从备份中取回 / check the file and the rights to its folder, or take it from a backup");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What is read was opened before, with an error of its own.
            throw CliException.Because(exception, CliExit.CannotCreate, "无法写入", "cannot write", "请检查 --out 的文件夹与权限 / check the folder of --out and its permissions");
        }
    }

    // .NET appends which parameter it was, which is nothing a user of the command gave.
    private static string WithoutParameterName(ArgumentException exception)
    {
        int end = exception.Message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return end < 0 ? exception.Message : exception.Message[..end];
    }
}
