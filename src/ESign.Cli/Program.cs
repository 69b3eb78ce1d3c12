using ESign.Cli;

return await CliApplication.RunAsync(args, new CliContext(Console.Out, Console.Error, TimeProvider.System));
