using ESign.Testing;

namespace ESign.Cli.Tests;

/// <summary>Whatever a person gives an authority's commands by mistake ends with the documented exit code, both languages, a hint, and no stack trace.</summary>
public sealed class WrongInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Mistakes_on_the_command_line()
    {
        await MakeAuthorityAsync();
        string[] issue = ["issue", "enterprise", "--ca", In("ca"), "--password-file", In("password"), "--name", "甲", "--code", "91350100M000100Y43", "--out-password-file", In("password")];
        await FailsAsync(CliExit.Usage, "缺少 --ca, --serial|--ca, --serial is missing", "revoke");
        await FailsAsync(CliExit.Usage, "整数|a whole number", [.. issue, "--out", In("x"), "--days", "many"]);
        await FailsAsync(CliExit.Usage, "KeyCompromise|one of AaCompromise", "revoke", "--ca", In("ca"), "--serial", "01", "--reason", "Anger");
        await FailsAsync(CliExit.Usage, "没有这个选项：--weeks|no such option: --weeks", "crl", "--ca", In("ca"), "--out", In("x"), "--weeks", "3");
        await FailsAsync(CliExit.Usage, "日期|a date", "certificates", "due", "--ca", In("ca"), "--date", "tomorrow");
        await FailsAsync(CliExit.Usage, "天数|days", "crl", "--ca", In("ca"), "--password-file", In("password"), "--out", In("x"), "--days", "0");
        await FailsAsync(CliExit.Usage, "分片号|partitions", "crl", "--ca", In("ca"), "--password-file", In("password"), "--out", In("x"), "--partition", "3");
        await FailsAsync(CliExit.Usage, "nonsense|nonsense", "ca", "init", In("other"), "--name", "乙", "--password-file", In("password"), "--crl-url", "nonsense");
        await FailsAsync(CliExit.Usage, "对象标识符：x|identifier: x", "timestamp", In("password"), "--tsa", "http://127.0.0.1:1/", "--policy", "x");
        await FailsAsync(CliExit.Invalid, "已被吊销|revoked already", "revoke", "--ca", In("ca"), "--serial", await RevokedSerialAsync(issue), "--json");
        Assert.False(File.Exists(In("x")) || Directory.Exists(In("other")));
    }

    [Fact] // what is signed is recorded, and its key is lost if it cannot be written: the folder is looked at first
    public async Task Nothing_is_signed_for_an_output_that_cannot_be_written()
    {
        await MakeAuthorityAsync();
        string[] authority = ["--ca", In("ca"), "--password-file", In("password")];
        await FailsAsync(CliExit.CannotCreate, "输出目录|folder of the output", ["issue", "enterprise", .. authority, "--name", "甲", "--code", "91350100M000100Y43", "--out", In("absent/x"), "--out-password-file", In("password")]);
        await FailsAsync(CliExit.CannotCreate, "输出目录|folder of the output", ["crl", .. authority, "--out", In("absent/x")]);
        await FailsAsync(CliExit.CannotCreate, "无法写入|cannot write", "ocsp", "request", "--cert", In("ca/issuing.cer"), "--issuer", In("ca/root.cer"), "--out", In("absent/x"));
        Write("root.yaml", "ceremony: root\nname: 示例\noutput: absent/r.cer\noutput-key: r.key\n");
        await FailsAsync(CliExit.CannotCreate, "输出目录|folder of the output", "ca", "ceremony", In("root.yaml"), "--password-file", In("password"));
        Write("key.yaml", "ceremony: root\nname: 示例\noutput: r.cer\noutput-key: absent/r.key\n");
        await FailsAsync(CliExit.CannotCreate, "输出目录|folder of the output", "ca", "ceremony", In("key.yaml"), "--password-file", In("password"));
        Assert.False(File.Exists(In("ceremonies.db")));
        (_, string certificates, _) = await RunAsync("certificates", "list", "--ca", In("ca"));
        Assert.Equal("", certificates);
    }

    [Fact]
    public async Task Damaged_files()
    {
        await MakeAuthorityAsync();
        Write("empty.yaml", "");
        await FailsAsync(CliExit.DataError, "仪式文件为空|is empty", "ca", "ceremony", In("empty.yaml"));
        Write("number.yaml", "ceremony: root\nname: x\nvalidity-days: many\noutput: r.cer\n");
        await FailsAsync(CliExit.DataError, "第3行|line 3", "ca", "ceremony", In("number.yaml"));
        await FailsAsync(CliExit.DataError, "无法解析|cannot be understood", "ocsp", "status", "--cert", In("ca/issuing.cer"), "--issuer", In("ca/root.cer"), "--response", In("password"));
        Write("ca/issuing.key", "garbage");
        await FailsAsync(CliExit.NoPermission, "无法打开 issuing.key|cannot open issuing.key", "crl", "--ca", In("ca"), "--password-file", In("password"), "--out", In("x"));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Write("ca/certificates.db", "garbage");
        await FailsAsync(CliExit.DataError, "记录库|the store", "certificates", "list", "--ca", In("ca"));
        Write("ca/authority.json", "{");
        await FailsAsync(CliExit.DataError, "authority.json已损坏|authority.json is damaged", "certificates", "list", "--ca", In("ca"));
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private async Task MakeAuthorityAsync()
    {
        Write("password", "secret");
        await RunAsync("ca", "init", In("ca"), "--name", "示例", "--password-file", In("password"));
    }

    private async Task<string> RevokedSerialAsync(string[] issue)
    {
        (_, string issued, _) = await RunAsync([.. issue, "--out", In("company.p12")]);
        string serial = issued.Split('\t')[0];
        await RunAsync("revoke", "--ca", In("ca"), "--serial", serial);
        return serial;
    }

    /// <param name="expected">The exit code.</param>
    /// <param name="says">What the Chinese half and what the English half of the message contain.</param>
    /// <param name="arguments">The command line.</param>
    private static async Task FailsAsync(int expected, string says, params string[] arguments)
    {
        (int exit, _, string error) = await RunAsync(arguments);
        string[] lines = error.TrimEnd().Split('\n');
        Assert.True(exit == expected, $"esign {string.Join(' ', arguments)} ended with {exit}: {error}");
        Assert.StartsWith("esign: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("hint: ", lines[^1], StringComparison.Ordinal);
        Assert.Equal(2, lines.Length);
        string[] halves = lines[0].Split(" / ");
        Assert.Equal(2, halves.Length);
        string[] parts = says.Split('|');
        Assert.Contains(parts[0], halves[0], StringComparison.Ordinal);
        Assert.Contains(parts[1], halves[1], StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exit = await CliApplication.RunAsync(arguments, new CliContext(output, error, TimeProvider.System));
        return (exit, output.ToString(), error.ToString());
    }

    private string In(string name) => _folder.PathTo(name);

    private void Write(string name, string text) => File.WriteAllText(In(name), text);
}
