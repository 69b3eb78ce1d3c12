using ESign.Cli;

var context = new CliContext(Console.Out, Console.Error, TimeProvider.System) 
{
    Language = CliLanguage.Preferred(Environment.GetEnvironmentVariable(CliLanguage.Variable)),
    Width = Console.IsOutputRedirected ? null : Console.WindowWidth,
    IsTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb",
};
return await CliApplication.RunAsync(args, context);
