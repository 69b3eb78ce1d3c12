using ESign.Cli;

var context = new CliContext(Console.Out, Console.Error, TimeProvider.System) { Language = CliLanguage.Preferred(Environment.GetEnvironmentVariable(CliLanguage.Variable)) };
return await CliApplication.RunAsync(args, context);
