using System.CommandLine;
using System.CommandLine.Parsing;

namespace ESign.Cli.Tests;

/// <summary>Help, examples, languages and completion of every command.</summary>
public class HelpTests
{
    private static readonly RootCommand s_root = CliApplication.CreateRoot(new CliContext(TextWriter.Null, TextWriter.Null, TimeProvider.System));

    public static TheoryData<string> Commands() => [.. Leaves(s_root, "")];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_has_examples_in_its_help_that_parse(string command)
    {
        Assert.True(CommandExamples.All.TryGetValue(command, out IReadOnlyList<string>? examples), $"no example for {command}");
        (int exit, string output, _) = await RunAsync([.. command.Split(' '), "--help"]);
        Assert.Equal(CliExit.Success, exit);
        foreach (string example in examples)
        {
            Assert.Contains(example, output, StringComparison.Ordinal);
            string line = example.Replace("source <(", "", StringComparison.Ordinal).TrimEnd(')')["esign ".Length..];
            ParseResult parsed = s_root.Parse(CommandLineParser.SplitCommandLine(line).ToArray());
            Assert.True(parsed.Errors.Count == 0, $"{example}: {string.Join(" ", parsed.Errors.Select(error => error.Message))}");
        }
    }

    [Fact]
    public void No_example_is_for_a_command_that_is_gone() => Assert.Equal(Leaves(s_root, "").Order(StringComparer.Ordinal), CommandExamples.All.Keys.Order(StringComparer.Ordinal));

    /// <summary>A server and a script for the shell have no answer to read.</summary>
    [Fact]
    public void Every_command_that_answers_takes_json() =>
        Assert.Equal(["completion", "serve"], Leaves(s_root, "").Where(command => s_root.Parse(command).CommandResult.Command.Options.All(option => option.Name != CliJson.OptionName)).Order(StringComparer.Ordinal));

    [Fact]
    public void A_line_that_names_a_command_makes_that_one_alone()
    {
        var context = new CliContext(TextWriter.Null, TextWriter.Null, TimeProvider.System);
        foreach (string name in s_root.Subcommands.Select(command => command.Name).Where(name => name != "completion"))
        {
            Assert.Equal(name, Assert.Single(CliApplication.CreateRoot(context, name, "--help").Subcommands).Name);
        }

        Assert.Equal(s_root.Subcommands.Count, CliApplication.CreateRoot(context, "completion", "bash").Subcommands.Count);
        Assert.Equal(s_root.Subcommands.Count, CliApplication.CreateRoot(context, "sing").Subcommands.Count);
    }

    [Fact]
    public async Task Help_and_errors_speak_the_language_chosen()
    {
        (_, string english, _) = await RunAsync("seal", "--help", "--lang", "en");
        Assert.Contains("Draw a seal", english, StringComparison.Ordinal);
        Assert.DoesNotContain("绘制印章", english, StringComparison.Ordinal);
        (_, string help, _) = await RunAsync("seal", "--help", "--lang", "zh");
        Assert.Contains("绘制", help, StringComparison.Ordinal);
        Assert.Contains("用法", help, StringComparison.Ordinal); // the parser's own words
        (int exit, _, string chinese) = await RunAsync("inspect", "absent.pdf", "--lang=zh");
        Assert.Equal(CliExit.NoInput, exit);
        Assert.Contains("无法读取文件", chinese, StringComparison.Ordinal);
        Assert.DoesNotContain("cannot read", chinese, StringComparison.Ordinal);
        (int unknown, _, string message) = await RunAsync("inspect", "absent.pdf", "--lang", "fr");
        Assert.Equal(CliExit.Usage, unknown);
        Assert.Contains("unknown language: fr", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh_CN.UTF-8", "Chinese")]
    [InlineData("en", "English")]
    [InlineData("fr", "Both")]
    [InlineData(null, "Both")]
    public void The_environment_states_a_preference(string? value, string expected) => Assert.Equal(expected, CliLanguage.Preferred(value).ToString());

    [Theory]
    [InlineData("si", "sign")]
    [InlineData("sign --cred", "--credential")]
    [InlineData("issue per", "person")]
    public async Task Completion_asks_the_command_itself(string line, string expected)
    {
        (_, string suggestions, _) = await RunAsync($"[suggest:{line.Length}]", line);
        Assert.Contains(expected, suggestions.Split('\n').Select(text => text.Trim()));
    }

    [Theory]
    [InlineData("sing a.pdf b.pdf", "no such command: sing", "did you mean `esign sign`?")]
    [InlineData("issue personn", "no such command: personn", "did you mean `esign issue person`?")]
    [InlineData("sign a.pdf b.pdf --levl T", "no such option: --levl", "did you mean `--level`?")]
    [InlineData("sign --credental a.p12", "no such option: --credental", "did you mean `--credential`?")]
    [InlineData("verify a.pdf b.pdf", "one argument too many: b.pdf", "see `esign verify --help`")]
    [InlineData("frobnicate", "no such command: frobnicate", "see `esign --help`")]
    [InlineData("issue", "a command is missing", "see `esign issue --help`")]
    [InlineData("report", "FILE, --out is missing", "see `esign report --help`")]
    public async Task A_mistyped_line_is_told_what_was_probably_meant(string line, string message, string hint)
    {
        (int exit, _, string error) = await RunAsync([.. line.Split(' '), "--lang", "en"]);
        Assert.Equal((CliExit.Usage, $"esign: {message}\nhint: {hint}\n"), (exit, error.ReplaceLineEndings("\n")));
    }

    [Fact]
    public async Task The_language_may_stand_before_the_command()
    {
        (_, string help, _) = await RunAsync("--lang", "zh", "revoke", "--help");
        Assert.Contains("吊销、挂起", help, StringComparison.Ordinal);
        Assert.DoesNotContain("Description:", help, StringComparison.Ordinal);
        Assert.DoesNotContain("REQUIRED", help, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Chinese_help_has_no_English_description_and_no_line_is_wider_than_the_window(string command)
    {
        var output = new StringWriter();
        var context = new CliContext(output, TextWriter.Null, TimeProvider.System) { Width = 80 };
        await CliApplication.RunAsync([.. command.Split(' '), "--help", "--lang", "zh"], context, TestContext.Current.CancellationToken);
        string[] lines = output.ToString().ReplaceLineEndings("\n").Split("示例:")[0].Split('\n');
        Assert.All(lines, line => Assert.True(HelpLayout.WidthOf(line) <= 80, line));
        Assert.All(lines, line => Assert.DoesNotContain(" the ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Errors_and_hints_speak_one_language_when_asked()
    {
        (_, _, string chinese) = await RunAsync("inspect", "absent.pdf", "--lang=zh");
        Assert.Equal("esign: 无法读取文件 absent.pdf：没有该文件\nhint: 请检查路径与权限\n", chinese.ReplaceLineEndings("\n"));
        (_, _, string english) = await RunAsync("inspect", "absent.pdf", "--lang=en");
        Assert.Equal("esign: cannot read absent.pdf: there is no such file\nhint: check the path and its permissions\n", english.ReplaceLineEndings("\n"));
    }

    private static IEnumerable<string> Leaves(Command command, string path) => command.Subcommands.Count == 0
        ? [path]
        : command.Subcommands.SelectMany(subcommand => Leaves(subcommand, (path + " " + subcommand.Name).Trim()));

    private static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        int exit = await CliApplication.RunAsync(arguments, new CliContext(output, error, TimeProvider.System), TestContext.Current.CancellationToken);
        return (exit, output.ToString(), error.ToString());
    }
}
