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
            throw new CliException(CliExit.DataError, exception.Message, $"the authority refuses ({exception.Code}); nothing was signed", exception);
        }
        catch (Asn1FormatException exception)
        {
            throw new CliException(CliExit.DataError, exception.Message, "check the input file", exception);
        }
        catch (FormatException exception)
        {
            throw new CliException(CliExit.DataError, exception.Message, "check the number for typing errors", exception);
        }
        catch (ArgumentException exception)
        {
            throw new CliException(CliExit.Usage, exception.Message, "see the command's --help", exception);
        }
    }
}
