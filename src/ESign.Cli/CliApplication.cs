using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.Globalization;
using System.Text.Json.Nodes;
using ESign.Cli.Commands;
using ESign.Pdf.Reporting;

namespace ESign.Cli;

/// <summary>Parses a command line, runs the command and turns every error into a message, a hint and an exit code.</summary>
internal static class CliApplication
{
    public static async Task<int> RunAsync(string[] arguments, CliContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            CliContext localized = context with { Language = CliLanguage.Of(arguments, context.Language), IsQuiet = context.IsQuiet || CliQuiet.IsAskedFor(arguments) };
            return await RunLocalizedAsync(arguments, localized, cancellationToken);
        }
        catch (CliException exception)
        {
            context.WriteError(exception.Message, exception.Hint); // the language itself is unknown
            return exception.ExitCode;
        }
    }

    private static async Task<int> RunLocalizedAsync(string[] arguments, CliContext context, CancellationToken cancellationToken)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en"); // ParserMessages knows the parser's messages in English
        RootCommand root = CreateRoot(context, arguments);
        ParseResult parsed = root.Parse(arguments);
        bool isAskedForWords = root.Directives.OfType<SuggestDirective>().Any(suggest => parsed.GetResult(suggest) is not null);
        if (!isAskedForWords && parsed.Action is not HelpWithExamples && ParseErrors.Describe(parsed) is var (message, hint))
        {
            context.WriteError(message, hint);
            return CliExit.Usage;
        }

        // The headings of help; flows with this call alone.
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(context.Language == ReportLanguage.Chinese ? "zh-Hans" : "en");
        try
        {
            var configuration = new InvocationConfiguration { Output = context.Output, Error = context.Error, EnableDefaultExceptionHandler = false };
            if (parsed.CommandResult.Command.Name == ServeCommand.Name)
            {
                configuration.ProcessTerminationTimeout = null; // the host itself answers signals: it drains requests and signs a last checkpoint
            }

            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (CliException exception)
        {
            if (!exception.IsPrinted && WantsJson(parsed))
            {
                WriteJson(context, exception);
            }

            context.WriteError(exception.Message, exception.Hint);
            return exception.ExitCode;
        }
        catch (OperationCanceledException)
        {
            context.WriteError("已取消 / cancelled", "请重新运行 / run the command again");
            return CliExit.Software;
        }
#pragma warning disable CA1031 // the last net: whatever is not foreseen above is a defect, and a stack trace helps nobody who runs a command
        catch (Exception exception)
#pragma warning restore CA1031
        {
            string what = $"{exception.GetType().Name}: {exception.Message}";
            context.WriteError($"esign内部错误：{what} / a defect in esign: {what}", "请连同命令与 `esign --version` 一并反馈 / please report it with the command and `esign --version`");
            return CliExit.Software;
        }
    }

    private static bool WantsJson(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.FirstOrDefault(option => option.Name == CliJson.OptionName) is Option<bool> json && parsed.GetValue(json);

    /// <summary>Apart, because the runtime loads what a method speaks of when it begins, not when it comes to it.</summary>
    private static void WriteJson(CliContext context, CliException exception) =>
        context.Output.WriteLine(CliJson.Line(new JsonObject { ["code"] = exception.Code, ["message"] = exception.Message, ["hint"] = exception.Hint }));

    internal static RootCommand CreateRoot(CliContext context, params ReadOnlySpan<string> arguments)
    {
        var root = new RootCommand("电子签名 / Electronic signatures: seals, PAdES, certificates, timestamps and their verification.");
        foreach (Command command in CommandList.For(context, arguments))
        {
            root.Subcommands.Add(command);
        }

        root.Options.Add(CliQuiet.CreateOption());
        root.Options.Add(CliLanguage.CreateOption());
        CliLanguage.ApplyTo(root, context.Language);
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Aliases.Remove("/h"); // where a shell completes paths, they are paths
        help.Aliases.Remove("/?");
        help.Action = new HelpWithExamples((HelpAction)help.Action!, context);
        return root;
    }
}
