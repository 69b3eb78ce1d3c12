using System.CommandLine;

namespace ESign.Cli.Commands;

/// <summary><c>esign serve</c>: the hosted service in this process; everything after the options goes to its settings.</summary>
internal static class ServeCommand
{
    public const string Name = "serve";

    public static Command Create(CliContext context)
    {
        var data = new Option<string?>("--data") { Description = "数据文件夹，默认 ./data / the data folder; ./data unless given" };
        var urls = new Option<string?>("--urls") { Description = "监听地址，以分号分隔，默认 http://127.0.0.1:5080 / the addresses to listen on; http://127.0.0.1:5080 unless given" };
        var settings = new Argument<string[]>("SETTING") { Arity = ArgumentArity.ZeroOrMore, Description = "其他设置，如 Limits:Burst=100 / any other setting, as Limits:Burst=100" };
        var command = new Command(Name, "运行CA、时间戳与验签服务 / Run the service: certificates, timestamps, status, verification.") { data, urls, settings };
        command.SetAction((parsed, _) =>
        {
            var arguments = new List<string> { "--ESIGN_DATA", Path.GetFullPath(parsed.GetValue(data) ?? Environment.GetEnvironmentVariable("ESIGN_DATA") ?? "data") };
            if (parsed.GetValue(urls) is { } given)
            {
                arguments.AddRange(["--urls", given]);
            }

            foreach (string setting in parsed.GetValue(settings) ?? [])
            {
                int equals = setting.IndexOf('=', StringComparison.Ordinal);
                if (equals < 1)
                {
                    throw new CliException(CliExit.Usage, $"设置的格式为名称=值：{setting} / a setting is NAME=VALUE: {setting}", "例如 Limits:Burst=100 / for example Limits:Burst=100");
                }

                arguments.AddRange(["--" + setting[..equals], setting[(equals + 1)..]]);
            }

            return ESignServer.RunAsync([.. arguments], context.Output, context.Error);
        });
        return command;
    }
}
