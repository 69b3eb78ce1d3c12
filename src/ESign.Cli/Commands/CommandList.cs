using System.CommandLine;

namespace ESign.Cli.Commands;

/// <summary>The commands of <c>esign</c>, in the order its help lists them; each is one file beside this one.</summary>
internal static class CommandList
{
    public static IReadOnlyList<Func<CliContext, Command>> All { get; } =
    [
        SealCommand.Create,
        LocateCommand.Create,
        SignCommand.Create,
        ExtendCommand.Create,
        CaCommand.Create,
        IssueCommand.Create,
        RevokeCommand.Create,
        CrlCommand.Create,
        PathCommand.Create,
        InspectCommand.Create,
        VerifyCommand.Create,
        ReportCommand.Create,
        TimestampCommand.Create,
        AuditCommand.Create,
        ServeCommand.Create,
        CompletionCommand.Create,
    ];
}
