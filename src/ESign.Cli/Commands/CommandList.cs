using System.CommandLine;

namespace ESign.Cli.Commands;

/// <summary>The commands of <c>esign</c>, in the order its help lists them; each is one file beside this one.</summary>
internal static class CommandList
{
    private static readonly (string Name, Func<CliContext, Command> Create)[] All =
    [
        ("seal", SealCommand.Create),
        ("locate", LocateCommand.Create),
        ("fill", FillCommand.Create),
        ("sign", SignCommand.Create),
        ("prepare", PrepareCommand.Create),
        ("complete", CompleteCommand.Create),
        ("extend", ExtendCommand.Create),
        ("ca", CaCommand.Create),
        ("issue", IssueCommand.Create),
        ("renew", RenewCommand.Create),
        ("revoke", RevokeCommand.Create),
        ("certificates", CertificatesCommand.Create),
        ("crl", CrlCommand.Create),
        ("ocsp", OcspCommand.Create),
        ("path", PathCommand.Create),
        ("inspect", InspectCommand.Create),
        ("verify", VerifyCommand.Create),
        ("report", ReportCommand.Create),
        ("timestamp", TimestampCommand.Create),
        ("audit", AuditCommand.Create),
        (ServeCommand.Name, ServeCommand.Create),
        ("backup", BackupCommand.Create),
        ("restore", RestoreCommand.Create),
        ("completion", CompletionCommand.Create),
    ];

    /// <summary>
    /// The commands a line may mean: the one it names first, else all. Making a command makes its options, and making all of
    /// them takes longer than many a command runs.
    /// </summary>
    public static IEnumerable<Command> For(CliContext context, params ReadOnlySpan<string> arguments)
    {
        foreach ((string name, Func<CliContext, Command> create) in All)
        {
            if (arguments is [var first, ..] && first == name && name != "completion") // which lists the others
            {
                return [create(context)];
            }
        }

        return [.. All.Select(command => command.Create(context))];
    }
}
