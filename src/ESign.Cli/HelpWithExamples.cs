using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using ESign.Pdf.Reporting;

namespace ESign.Cli;

/// <summary>The usual help, then the command's examples.</summary>
internal sealed class HelpWithExamples(HelpAction usual, CliContext context) : SynchronousCommandLineAction
{
    /// <summary>Whoever asks for help need not have given what is required.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        var help = new StringWriter();
        parseResult.InvocationConfiguration.Output = help;
        usual.MaxWidth = int.MaxValue; // HelpLayout breaks the lines
        int exitCode = usual.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        output.Write(HelpLayout.Set(help.ToString(), context.Language, context.Width));
        if (CommandExamples.All.TryGetValue(PathOf(parseResult.CommandResult), out IReadOnlyList<string>? examples))
        {
            output.WriteLine(ReportTerms.In(context.Language, "示例 / Examples") + ":");
            foreach (string example in examples)
            {
                output.WriteLine("  " + example);
            }

            output.WriteLine();
        }

        return exitCode;
    }

    /// <summary>The words that lead to a command, the root's own left out: <c>issue person</c>.</summary>
    public static string PathOf(CommandResult? command)
    {
        var names = new Stack<string>();
        for (SymbolResult? result = command; result is CommandResult at; result = at.Parent)
        {
            if (at.Parent is not null)
            {
                names.Push(at.Command.Name);
            }
        }

        return string.Join(' ', names);
    }
}
