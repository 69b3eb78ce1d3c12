using System.CommandLine;
using System.CommandLine.Parsing;
using ESign.Cli.Commands;

namespace ESign.Cli;

/// <summary>Parses a command line, runs the command and turns every error into a message, a hint and an exit code.</summary>
internal static class CliApplication
{
    public static async Task<int> RunAsync(string[] arguments, CliContext context, CancellationToken cancellationToken = default)
    {
        RootCommand root = CreateRoot(context);
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            context.WriteError(string.Join(" ", parsed.Errors.Select(error => error.Message)), $"see `{HelpFor(parsed.CommandResult)}`");
            return CliExit.Usage;
        }

        try
        {
            var configuration = new InvocationConfiguration { Output = context.Output, Error = context.Error, EnableDefaultExceptionHandler = false };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (CliException exception)
        {
            context.WriteError(exception.Message, exception.Hint);
            return exception.ExitCode;
        }
        catch (OperationCanceledException)
        {
            context.WriteError("已取消 / cancelled", "run the command again");
            return CliExit.Software;
        }
    }

    private static RootCommand CreateRoot(CliContext context)
    {
        var root = new RootCommand("电子签名 / Electronic signatures: seals, PAdES, certificates, timestamps and their verification.");
        foreach (Func<CliContext, Command> create in CommandList.All)
        {
            root.Subcommands.Add(create(context));
        }

        return root;
    }

    private static string HelpFor(CommandResult? command)
    {
        var names = new Stack<string>();
        for (SymbolResult? result = command; result is CommandResult at; result = at.Parent)
        {
            if (at.Parent is not null)
            {
                names.Push(at.Command.Name);
            }
        }

        return string.Join(' ', ["esign", .. names, "--help"]);
    }
}
